import type { Habit } from '../behaviour.ts';

/** Answers slowly. */
export const slow: Habit = {
  name: 'slow',
  title: 'Answers slowly',
  description: 'The device thinks about every answer for a while.',
  parameter: { means: 'delay of every answer', unit: 'ms', default: 300 },
  behave: (device, delay) => ({ answer: (_exchange, next) => void device.after(delay, next) }),
};
