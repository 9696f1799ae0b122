import type { RemedyName } from './remedies/remedies.ts';

/** A named defect of a device, explained to the person who writes the device. */
export interface FaultEntry {
  /** `close-wait-leak`; the reference device shows it under the same name where it can show it at all. */
  id: string;
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
