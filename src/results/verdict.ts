/** The lattice of ISO/IEC 9646-1: the worst wins, the first reason for it stays. */
export const VERDICTS = ['none', 'pass', 'inconc', 'fail', 'error'] as const;

/** The verdict of a test, a requirement or a campaign. */
export type Verdict = (typeof VERDICTS)[number];

/** How much a requirement weighs: only a must can fail a device. */
export type Level = 'must' | 'should' | 'may';

/** Why a test did or did not run: an axis of its own, never a verdict. */
export type Applicability =
  'selected' | 'not applicable' | 'not selected' | 'not permitted' | 'not run' | 'waived';
