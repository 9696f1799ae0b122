import { keepDescriptor } from '../descriptor.ts';
import type { Fault } from '../behaviour.ts';

/** Sends its FIN and keeps the descriptor. */
export const descriptorLeakOnClose: Fault = {
  name: 'descriptor-leak-on-close',
  title: 'Keeps the descriptor after an orderly close',
  description: 'The device answers a FIN with its own, by a shutdown, and never closes the descriptor.',
  breaks: 'No socket table shows it, until the device has run out of descriptors and accepts nothing.',
  behave: (device) => ({
    admit(connection, next) {
      const release = keepDescriptor(connection.socket, 'end');
      device.onStop(release);
      next();
    },
  }),
};
