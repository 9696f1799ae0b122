import { TCP_STATES } from '../history/facts.ts';
import { CHECKS } from './checks.ts';

/** What an expectation about a state may name: a state of RFC 9293, or `none` where no socket is left. */
export const STATES = [...TCP_STATES, 'none'] as const;

/** What a received message may be checked for; each deviation belongs to one of them. */
export const MESSAGE_CHECKS = [
  'encoding',
  'no-byte-order-mark',
  'well-formed',
  'spelling',
  'content',
  'values',
  ...CHECKS,
] as const;

/** What can be required of a device's habits. */
export const HABITS = [
  'answers',
  'answers-everywhere',
  'answers-heartbeat',
  'answers-machine-info',
  'keeps-connections',
  'closes-first',
  'serves-two',
  'dials-out',
  'closes-older',
] as const;

/** The name of a habit. */
export type HabitName = (typeof HABITS)[number];
