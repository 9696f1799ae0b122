import type { RemedyName } from './remedies/remedies.ts';

/** What there is to say of a named defect, to the person who writes the device. */
export interface FaultEntry {
  /** What the device does, as a short sentence without a full stop. */
  title: string;
  /** What happens in the sockets or on the wire, and what a newsroom sees of it. */
  explanation: string;
  /** What to change, in a sentence or two. */
  remedy: string;
  /** Where the examples for the remedy stand; absent where no code would say more than the sentence. */
  examples?: RemedyName;
  /** The requirements that it breaks; the one that shows it most clearly comes first. */
  requirements: readonly string[];
}

/** The faults of one family by their names; the reference device shows them under the same names. */
export function family<Name extends string>(
  entries: Record<Name, FaultEntry>,
): Readonly<Record<Name, FaultEntry>> {
  return entries;
}
