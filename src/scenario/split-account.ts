import type { Symptom } from '../history/symptoms.ts';

/** What became of splitting a message at one place after the other. */
export interface SplitAccount {
  /** Such as `inside characters`. */
  kind: string;
  /** Places of this kind in the message. */
  places: number;
  /** The length of the message. */
  bytes: number;
  /** Places at which it was split and answered. */
  answered: number;
  /** Places that show nothing, because the device did not read the first piece before the second came. */
  unseparated: number;
  /** Why it ended before all places were tried. */
  ended?: string;
  /** The split that was not answered as it should be, where there was one. */
  failed?: { offset: number; symptom: Symptom; connection: string };
}
