/** The ways in which one connection may end, see the design's table of words. */
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
] as const;

/** How one connection ended. */
export type CloseOutcome = (typeof OUTCOMES)[number];
