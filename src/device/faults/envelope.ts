import { changesAnswer, family, ignores } from './shapes.ts';

/** Faults of the envelope: IDs of the two sides, messageID, one message in each. */
export const ENVELOPE = family({
  'swapped-ids': changesAnswer(({ answer }) => {
    [answer.mosID, answer.ncsID] = [answer.ncsID, answer.mosID];
  }),
  'wrong-mos-id': changesAnswer(({ answer }) => {
    answer.mosID = `other.${answer.mosID}`;
  }),
  'envelope-out-of-order': changesAnswer(({ form }) => {
    form.envelopeOrder = ['ncsID', 'mosID'];
  }),
  'drops-repeated-request': {
    behave: () => {
      const known = new Set<string>();
      return {
        message({ port }, { name, ncsID, messageID }, next, ignore) {
          const key = [port, ncsID, messageID, name].join(' ');
          if (messageID !== undefined && known.has(key)) return ignore();
          known.add(key);
          next();
        },
      };
    },
  },
  'several-messages': changesAnswer(({ form, answer }) => {
    form.extraSiblings = [answer.body];
  }),
  'needs-message-id': ignores(({ messageID }) => messageID === undefined),
  'no-message-id': changesAnswer(({ answer }) => {
    delete answer.messageID;
  }),
  'wrong-message-id': {
    behave: () => {
      let count = 700_000_000;
      return {
        answer(exchange, next) {
          exchange.answer.messageID = ++count;
          next();
        },
      };
    },
  },
});
