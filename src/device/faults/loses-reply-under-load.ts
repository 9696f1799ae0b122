import type { Fault } from '../behaviour.ts';

/** Loses a reply under load. */
export const losesReplyUnderLoad: Fault = {
  name: 'loses-reply-under-load',
  title: 'Loses a reply under load',
  description: 'While more than 10 connections to a port are open, every n-th answer is lost.',
  breaks: 'Under load a request stays unanswered now and then, and the newsroom waits.',
  parameter: { means: 'how many answers bring one loss', unit: 'count', default: 50 },
  behave: (device, nth) => {
    let answers = 0;
    return {
      answer({ connection }, next, lose) {
        const open = device.connections(connection.port).filter((other) => !other.released);
        if (open.length > 10 && ++answers % nth === 0) lose();
        else next();
      },
    };
  },
};
