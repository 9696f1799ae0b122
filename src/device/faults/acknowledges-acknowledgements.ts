import { encodeMessage } from '../../wire/encode.ts';
import { mosAck } from '../../wire/messages.ts';
import type { Fault } from '../behaviour.ts';

/** What ends an exchange: nothing may follow it. */
const FINAL = ['mosAck', 'roAck', 'listMachInfo'];

/** Acknowledges acknowledgements. */
export const acknowledgesAcknowledgements: Fault = {
  name: 'acknowledges-acknowledgements',
  title: 'Acknowledges acknowledgements',
  description: 'The device answers mosAck, roAck and listMachInfo with a mosAck.',
  breaks: 'Two machines that do so acknowledge each other without end.',
  behave: ({ settings }) => {
    settings.answersAnswers = new Set([...settings.answersAnswers, ...FINAL]);
    return {
      message(connection, message, next) {
        if (FINAL.includes(message.name)) {
          const { mosId, ncsIds, encoding } = settings;
          const ids = { mosID: mosId, ncsID: message.ncsID ?? ncsIds[0] ?? '' };
          const messageID = message.messageID === undefined ? {} : { messageID: message.messageID };
          connection.send(encodeMessage({ ...ids, ...messageID, body: mosAck({ status: 'ACK' }) }, encoding));
        }
        next();
      },
    };
  },
};
