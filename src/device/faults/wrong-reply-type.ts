import { roAck } from '../../wire/messages.ts';
import type { Fault } from '../behaviour.ts';

/** Acknowledges in the wrong family. */
export const wrongReplyType: Fault = {
  name: 'wrong-reply-type',
  title: 'Acknowledges in the wrong family',
  description: 'The device writes roAck where mosAck is due.',
  breaks: 'The newsroom does not recognise the answer and waits on.',
  behave: () => ({
    answer(exchange, next) {
      if (exchange.answer.body.name === 'mosAck') exchange.answer.body = roAck('', 'NACK');
      next();
    },
  }),
};
