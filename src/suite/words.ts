import { TCP_STATES } from '../history/facts.ts';
import type { CloseOutcome } from '../results/results.ts';

/** What an expectation about a state may name: a state of RFC 9293, or `none` where no socket is left. */
export const STATES = [...TCP_STATES, 'none'] as const;

/** How a connection may have ended, as the design's table of words has it. */
export const OUTCOMES = [
  'clean',
  'late',
  'reset by device',
  'reset by us',
  'never closed',
  'vanished',
  'aborted by us',
  'open',
  'refused',
  'unknown',
] as const satisfies readonly CloseOutcome[];
