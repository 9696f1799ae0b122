import type { Fault } from '../behaviour.ts';

/** Stops listening after a disconnect. */
export const listenerDies: Fault = {
  name: 'listener-dies',
  title: 'Stops listening after a disconnect',
  description: 'Once a connection has ended, the device listens no more on that port.',
  breaks: 'The first connection works; after it the newsroom is refused until the device is restarted.',
  behave: (device) => ({
    closed(connection) {
      if (!connection.dialled) device.stopListening(connection.port);
    },
  }),
};
