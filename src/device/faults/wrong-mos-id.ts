import type { Fault } from '../behaviour.ts';

/** Answers with a wrong mosID. */
export const wrongMosId: Fault = {
  name: 'wrong-mos-id',
  title: 'Answers with a wrong mosID',
  description: 'The device answers under a name that is not the configured one.',
  breaks: 'The newsroom does not know who has answered and drops the message.',
  behave: () => ({
    answer(exchange, next) {
      exchange.answer.mosID = `other.${exchange.answer.mosID}`;
      next();
    },
  }),
};
