import type { Fault } from '../behaviour.ts';

/** Replies on the newest connection. */
export const repliesOnWrongConnection: Fault = {
  name: 'replies-on-wrong-connection',
  title: 'Replies on the newest connection',
  description: 'The device sends its answers on the connection that was opened last, whoever asked.',
  breaks: 'With two connections open, the first gets silence and the second answers that it never asked for.',
  behave: (device) => ({
    answer(exchange, next) {
      const { connection } = exchange;
      const newest = device.connections(connection.port).findLast((other) => !other.released);
      if (newest && !connection.dialled) exchange.via = newest;
      next();
    },
  }),
};
