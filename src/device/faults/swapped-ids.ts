import type { Fault } from '../behaviour.ts';

/** Swaps mosID and ncsID. */
export const swappedIds: Fault = {
  name: 'swapped-ids',
  title: 'Swaps mosID and ncsID',
  description: "The device writes the newsroom's name as mosID and its own as ncsID.",
  breaks: 'The newsroom sees a message from a device that does not exist.',
  behave: () => ({
    answer(exchange, next) {
      const { mosID, ncsID } = exchange.answer;
      exchange.answer.mosID = ncsID;
      exchange.answer.ncsID = mosID;
      next();
    },
  }),
};
