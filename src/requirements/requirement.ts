import type { Level } from '../results/verdict.ts';

/** One duty of a device. Its level stands here and nowhere else. */
export interface Requirement {
  /** `SOCK-REL-01`, `MOS-HB-02` */
  id: string;
  level: Level;
  /** What the device owes; completes the sentence "The device ...". */
  text: string;
  /** The clause it comes from: `AP`, `RFC 9293`, `MOS 2.8.5 §2.1`. */
  source: string;
}
