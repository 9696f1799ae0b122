import type { Fault } from '../behaviour.ts';

/** Sends FIN right after accept. */
export const finAfterAccept: Fault = {
  name: 'fin-after-accept',
  title: 'Sends FIN right after accept',
  description:
    'The device closes its sending side as soon as a connection is accepted and serves nothing on it.',
  breaks: 'Every connection is closed by the device before the first message can be answered.',
  behave: () => ({
    admit(connection) {
      connection.finish();
      connection.socket.resume();
    },
  }),
};
