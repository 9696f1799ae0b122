import { keepDescriptor } from '../descriptor.ts';
import type { Fault } from '../behaviour.ts';

/** Keeps the descriptor after a reset. */
export const descriptorLeakOnReset: Fault = {
  name: 'descriptor-leak-on-reset',
  title: 'Keeps the descriptor after a reset',
  description: 'The device never closes the descriptor of a connection that was reset.',
  breaks: 'No socket table shows it, until the device has run out of descriptors and accepts nothing.',
  behave: (device) => ({
    admit(connection, next) {
      const release = keepDescriptor(connection.socket, 'reset');
      device.onStop(release);
      next();
    },
  }),
};
