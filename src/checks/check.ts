import type { PortName } from '../history/facts.ts';
import type { Symptom } from '../history/symptoms.ts';
import type { Received } from '../ncs/requests.ts';
import type { Level } from '../results/verdict.ts';
import type { Revision } from '../wire/revision.ts';

/** What the device file says of the device, as far as checks of its messages need it. */
export interface Declared {
  mosId: string;
  ncsId: string;
  revision: Revision;
  /** Empty where it claims nothing. */
  profiles: readonly number[];
  ports: readonly PortName[];
  /** ms within which the tester wants an answer. */
  replyMs: number;
}

/** What a check is about: one message that came, what is known of the device, and perhaps another message. */
export interface CheckSubject {
  received: Received;
  declared: Declared;
  /** What it is compared with; absent where the check compares nothing, or the other message never came. */
  like?: Received;
}

/** One deviation that a check found; `level` weakens it where the documents contradict themselves or only recommend. */
export interface Deviation {
  /** What is the case instead. */
  symptom: Symptom;
  level?: Level;
}

/** A property that every received message of a kind must have. */
export interface MessageCheck {
  /** What is expected, so that it completes "expected ...". */
  expected: string;
  /** The deviations; an empty list where there is none. */
  find(subject: CheckSubject): Deviation[];
  /** What kind of message it is about; absent where it is about every message. */
  about?: string;
  /** Another answer to the same request may still mend it: it is waited for a moment before the verdict. */
  patient?: true;
  /** Why there is nothing to be found in this message; absent, or without a reason, where there is. */
  vacuous?(subject: CheckSubject): string | undefined;
  /** Needs another message to compare with. */
  compares?: true;
}

/** A check that has a single deviation or none. */
export function single(
  expected: string,
  find: (subject: CheckSubject) => Symptom | Deviation | undefined,
): MessageCheck {
  return {
    expected,
    find: (subject) => {
      const found = find(subject);
      if (found === undefined) return [];
      return ['code' in found ? { symptom: found } : found];
    },
  };
}
