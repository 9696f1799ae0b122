import type { Fault } from '../behaviour.ts';

/** Does not cope with an unusual messageID. */
export const disturbedByOddMessageId: Fault = {
  name: 'disturbed-by-odd-message-id',
  title: 'Does not cope with an unusual messageID',
  description:
    'The device reads a hexadecimal messageID as 0 and ends when it gets a word instead of a number.',
  breaks: 'One sender that counts in another way cannot work with the device, or stops it.',
  behave: (device) => ({
    message(_connection, message, next) {
      const isWord = /^\w+$/.test(message.messageID ?? '') && message.messageNumber === undefined;
      if (isWord) device.exit();
      else next();
    },
    answer(exchange, next) {
      if (/^0?x/i.test(exchange.request.messageID ?? '')) exchange.answer.messageID = 0;
      next();
    },
  }),
};
