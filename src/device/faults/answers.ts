import { encodeMessage } from '../../wire/encode.ts';
import { mosAck, roAck } from '../../wire/messages.ts';
import type { Connection } from '../connection.ts';
import { changesAnswer, family } from './shapes.ts';

/** What ends an exchange: nothing may follow it. */
const FINAL = ['mosAck', 'roAck', 'listMachInfo'];

/** Faults in which message answers another, and how often. */
export const ANSWERS = family({
  'wrong-reply-type': changesAnswer(({ answer }) => {
    if (answer.body.name === 'mosAck') answer.body = roAck('', 'NACK');
  }),
  'incomplete-ack': changesAnswer(({ answer: { body } }) => {
    if (body.name !== 'mosAck') return;
    body.children = body.children.filter(({ name }) => name !== 'objRev');
    for (const child of body.children) if (child.name === 'statusDescription') child.text = '';
  }),
  'duplicate-reply': changesAnswer((exchange) => {
    exchange.copies *= 2;
  }),
  'acknowledges-acknowledgements': {
    behave: ({ settings }) => {
      settings.answersAnswers = new Set([...settings.answersAnswers, ...FINAL]);
      return {
        message(connection, message, next) {
          if (FINAL.includes(message.name)) {
            const { mosId, ncsIds, encoding } = settings;
            const ids = { mosID: mosId, ncsID: message.ncsID ?? ncsIds[0] ?? '' };
            const messageID = message.messageID === undefined ? {} : { messageID: message.messageID };
            const body = mosAck({ status: 'ACK' });
            connection.send(encodeMessage({ ...ids, ...messageID, body }, encoding));
          }
          next();
        },
      };
    },
  },
  'expects-handshake': {
    behave: () => {
      const greeted = new WeakSet<Connection>();
      return {
        message(connection, message, next, ignore) {
          if (message.name === 'heartbeat') greeted.add(connection);
          if (greeted.has(connection)) next();
          else ignore();
        },
      };
    },
  },
});
