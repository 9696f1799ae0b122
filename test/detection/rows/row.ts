import type { PortName } from '../../../src/history/facts.ts';
import type { GroupName } from '../../../src/suite/groups.ts';

/** What is expected of a device with one fault. */
export interface Row {
  /** The tests that it fails, whatever their group; a `?` marks a remark. It passes every other test that applies. */
  fails: readonly string[];
  /** The parameter that makes it quick enough for a test; the default of the device where absent. */
  parameter?: number;
  /** The parameter with which the churn shows it, where another one shows it elsewhere. */
  underChurn?: number;
  /** The ports on which it has to be tried; the upper one where absent. */
  ports?: readonly PortName[];
  /** Groups without which it is not called by its name: what the others show fits another fault as well. */
  takes?: readonly GroupName[];
  /** It shows only to an observer who sees connections that wait to be accepted. */
  needsObserver?: true;
}

/** The rows of one family: one for each of its faults, and no other. */
export function rows<Family>(
  ofFaults: Readonly<Record<keyof Family & string, Row>>,
): Readonly<Record<keyof Family & string, Row>> {
  return ofFaults;
}

/** Tests written line by line, a line for those of one group: `'REL-01 REL-02'`. */
export function lines(...groups: readonly string[]): string[] {
  return groups.flatMap((line) => line.split(' '));
}
