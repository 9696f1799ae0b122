import { family, leaves } from './shapes.ts';

/** Faults of the release: what becomes of the device's end after the newsroom has closed, whatever came before. */
export const RELEASE = family({
  'close-wait-leak': leaves(() => true),
  'late-close': {
    parameter: { means: 'delay of the close', unit: 'ms', default: 8_000 },
    behave: (device, delay) => ({ fin: (_connection, next) => void device.after(delay, next) }),
  },
  'leak-on-one-port': leaves(({ port }) => port === 'upper'),
  'reset-instead-of-fin': {
    behave: () => ({ fin: (connection) => connection.reset() }),
  },
});
