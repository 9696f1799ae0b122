import type { Fault } from '../behaviour.ts';

/** Envelope out of order. */
export const envelopeOutOfOrder: Fault = {
  name: 'envelope-out-of-order',
  title: 'Envelope out of order',
  description: 'The device writes ncsID before mosID.',
  breaks: 'Strict newsrooms reject the message; most cope.',
  behave: () => ({
    answer(exchange, next) {
      exchange.form.envelopeOrder = ['ncsID', 'mosID'];
      next();
    },
  }),
};
