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
