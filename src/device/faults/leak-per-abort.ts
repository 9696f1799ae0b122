import type { Fault } from '../behaviour.ts';

/** Leaks a timer per abort until it stalls. */
export const leakPerAbort: Fault = {
  name: 'leak-per-abort',
  title: 'Leaks a timer per abort until it stalls',
  description: 'Each reset leaves a timer running; after n of them the device serves nothing any more.',
  breaks: 'A newsroom with a bad line brings the device to a standstill, although no socket is left behind.',
  parameter: { means: 'resets that it survives', unit: 'count', default: 60 },
  behave: (device, limit) => {
    const leaked: NodeJS.Timeout[] = [];
    device.onStop(() => leaked.forEach((timer) => clearInterval(timer)));
    const stalled = (): boolean => leaked.length >= limit;
    return {
      reset: () => void leaked.push(setInterval(() => {}, 1_000)),
      admit(_connection, next) {
        if (!stalled()) next();
      },
      message(_connection, _message, next) {
        if (!stalled()) next();
      },
    };
  },
};
