import type { Results } from '../results/results.ts';

/** The exit codes of the command line. */
export const EXIT = { pass: 0, fail: 1, usage: 2, inconclusive: 3, internal: 4, interrupted: 130 } as const;

/**
 * The exit code of a campaign: a failure found counts even when the campaign is incomplete; an interrupt shows
 * only where nothing failed.
 */
export function exitCodeFor(results: Results, strict: boolean, interrupted: number | undefined): number {
  if (results.verdict === 'fail') return EXIT.fail;
  if (strict && results.totals.remarks > 0) return EXIT.fail;
  if (interrupted !== undefined) return interrupted;
  if (results.verdict === 'error') return EXIT.internal;
  return results.verdict === 'pass' ? EXIT.pass : EXIT.inconclusive;
}
