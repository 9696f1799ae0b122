import { encodeMessage } from '../../wire/encode.ts';
import { mosAck } from '../../wire/messages.ts';
import type { Fault } from '../behaviour.ts';

/** Acknowledges acknowledgements. */
export const acknowledgesAcknowledgements: Fault = {
  name: 'acknowledges-acknowledgements',
  title: 'Acknowledges acknowledgements',
  description: 'The device answers a mosAck or roAck that it did not wait for with a mosAck.',
  breaks: 'Two machines that do so acknowledge each other without end.',
  behave: ({ settings }) => ({
    message(connection, message, next) {
      if (message.name === 'mosAck' || message.name === 'roAck') {
        const { mosId, ncsIds, encoding } = settings;
        const ids = { mosID: mosId, ncsID: message.ncsID ?? ncsIds[0] ?? '' };
        const messageID = message.messageID === undefined ? {} : { messageID: message.messageID };
        connection.send(encodeMessage({ ...ids, ...messageID, body: mosAck({ status: 'ACK' }) }, encoding));
      }
      next();
    },
  }),
};
