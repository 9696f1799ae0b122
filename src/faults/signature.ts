import type { FaultMatch } from '../results/results.ts';
import type { Evidence, Failure } from './evidence.ts';

/** What a signature found: the failures that the fault explains, and how sure that is. */
export interface Finding {
  confidence: FaultMatch['confidence'];
  failures: readonly Failure[];
}

/** How one fault shows in a campaign. A fault may have several signatures. */
export interface Signature<Name extends string = string> {
  fault: Name;
  /** Nothing where the pattern is not there. */
  find(evidence: Evidence): Finding | undefined;
}

/** The signatures of one family, asked in this order. */
export function signatures<Name extends string>(
  _family: Readonly<Record<Name, unknown>>,
  rows: readonly Signature<NoInfer<Name>>[],
): readonly Signature<Name>[] {
  return rows;
}

/** What a signature found; nothing where no failure shows it. */
function finding(failures: readonly Failure[], confidence: FaultMatch['confidence']): Finding | undefined {
  return failures.length > 0 ? { confidence, failures } : undefined;
}

/** A fault that these failures leave no doubt of. */
export function certain(failures: readonly Failure[]): Finding | undefined {
  return finding(failures, 'certain');
}

/** A fault that explains these failures better than any other. */
export function likely(failures: readonly Failure[]): Finding | undefined {
  return finding(failures, 'likely');
}

/** A fault that may explain these failures. */
export function possible(failures: readonly Failure[]): Finding | undefined {
  return finding(failures, 'possible');
}
