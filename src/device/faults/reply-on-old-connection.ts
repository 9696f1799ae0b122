import type { Fault } from '../behaviour.ts';

/** Replies on the old connection. */
export const replyOnOldConnection: Fault = {
  name: 'reply-on-old-connection',
  title: 'Replies on the old connection',
  description: 'The device sends its answers on the oldest open connection of the newsroom to that port.',
  breaks: 'After a reconnect the answers go to a connection that the newsroom has given up.',
  behave: (device) => ({
    answer(exchange, next) {
      const { connection } = exchange;
      const oldest = device
        .connections(connection.port)
        .find((other) => other.newsroom === connection.newsroom && !other.released);
      if (oldest && !connection.dialled) exchange.via = oldest;
      next();
    },
  }),
};
