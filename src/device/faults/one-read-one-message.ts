import type { Fault } from '../behaviour.ts';

/** Takes one read for one message. */
export const oneReadOneMessage: Fault = {
  name: 'one-read-one-message',
  title: 'Takes one read for one message',
  description:
    'The device treats what one read delivers as one message; the rest of a message that comes in pieces is lost.',
  breaks: 'Long messages, and any that the network cuts in two, are never answered.',
  behave: () => ({
    read(connection, chunk) {
      connection.forgetIncomplete();
      return chunk;
    },
    framed: (_connection, frames) => frames.slice(0, 1),
  }),
};
