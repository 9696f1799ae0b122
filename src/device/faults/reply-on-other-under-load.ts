import type { Fault } from '../behaviour.ts';

/** Replies to somebody else under load. */
export const replyOnOtherUnderLoad: Fault = {
  name: 'reply-on-other-under-load',
  title: 'Replies to somebody else under load',
  description:
    'While more than 10 connections to a port are open, every n-th answer goes to another one of them.',
  breaks:
    'Under load some requests stay unanswered and other connections get answers that they never asked for.',
  parameter: { means: 'how many answers bring one astray', unit: 'count', default: 7 },
  behave: (device, nth) => {
    let answers = 0;
    return {
      answer(exchange, next) {
        const { connection } = exchange;
        const open = device.connections(connection.port).filter((other) => !other.released);
        if (open.length > 10 && ++answers % nth === 0) {
          exchange.via = open.find((other) => other !== connection) ?? connection;
        }
        next();
      },
    };
  },
};
