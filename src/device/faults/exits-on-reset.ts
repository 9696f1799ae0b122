import type { Fault } from '../behaviour.ts';

/** Exits on a reset. */
export const exitsOnReset: Fault = {
  name: 'exits-on-reset',
  title: 'Exits on a reset',
  description: 'The device ends when a connection is reset.',
  breaks: 'A newsroom server that crashes takes the device with it.',
  behave: (device) => ({ reset: () => device.exit() }),
};
