import type { Fault } from '../behaviour.ts';

/** Closes late. */
export const lateClose: Fault = {
  name: 'late-close',
  title: 'Closes late',
  description: 'The device closes its own end only some time after the newsroom has closed.',
  breaks: 'Connections linger in FIN_WAIT_2 for seconds, and busy newsrooms pile them up.',
  parameter: { means: 'delay of the close', unit: 'ms', default: 8_000 },
  behave: (device, delay) => ({ fin: (_connection, next) => void device.after(delay, next) }),
};
