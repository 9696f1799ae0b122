import type { AssertionResult } from '../results/results.ts';
import type { Level, Verdict } from '../results/verdict.ts';
import { VERDICTS } from '../results/verdict.ts';

/** The worse of two verdicts: none < pass < inconc < fail < error (ISO/IEC 9646-1). */
export function worse(a: Verdict, b: Verdict): Verdict {
  return VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b;
}

/** What a test's assertions add up to. */
export interface Folded {
  verdict: Verdict;
  /** The level of the requirement that decided. */
  level: Level;
  reason: string;
}

const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/**
 * Folds assertions into a verdict. The worst wins and the first reason for it stays; among failures a must
 * decides over a should. A test in which nothing could be asserted is inconclusive, never a pass.
 */
export function foldAssertions(assertions: readonly AssertionResult[]): Folded {
  const judged = assertions.filter((one) => one.outcome !== 'not observable');
  if (judged.length === 0) {
    const reason = assertions[0] ? `not observable: ${assertions[0].actual}` : 'nothing was asserted';
    return { verdict: 'inconc', level: strongest(assertions), reason };
  }
  const verdict = judged.reduce<Verdict>((so, one) => worse(so, one.outcome as Verdict), 'none');
  if (verdict === 'pass') return { verdict, level: strongest(judged), reason: '' };
  const deciding = judged.filter((one) => one.outcome === verdict);
  const level = strongest(deciding);
  const first = deciding.find((one) => one.level === level);
  return { verdict, level, reason: first ? `${first.requirement}: ${first.actual}` : '' };
}

function strongest(assertions: readonly AssertionResult[]): Level {
  return LEVELS.find((level) => assertions.some((one) => one.level === level)) ?? 'must';
}
