import type { PortName } from '../history/facts.ts';
import type { Permission } from '../target/target.ts';
import type { SplitPlace } from '../wire/split-places.ts';
import type { Encoding } from '../wire/types.ts';
import type { CheckName, OwnCheckName } from './checks.ts';
import type { MessageCheck } from './words.ts';

/**
 * The checked model of a suite file: what the player plays. Reading a YAML file gives this or a list of
 * problems, never something in between. Values that may refer to a parameter or a capture stay text that
 * starts with `$` until they are played.
 */

/** ms, or `$releaseTime` and the like, resolved when played. */
export type DurationValue = number | `$${string}`;

/** A count, or `$name`. */
export type CountValue = number | `$${string}`;

/** How long a test takes; `--tier` selects this and everything quicker. */
export const TIERS = ['quick', 'standard', 'soak'] as const;

/** The tier of a test. */
export type Tier = (typeof TIERS)[number];

/** The groups, in the order in which a campaign runs them. */
export const GROUPS = {
  SANITY: 'sanity',
  CON: 'connect',
  REL: 'release',
  HC: 'half-close',
  DC: 'device closes first',
  RC: 'reconnect',
  ST: 'stall',
  CH: 'churn',
  AB: 'abort',
  WIRE: 'wire',
  ENV: 'envelope',
  P0: 'profile 0',
  LANE: 'lanes',
  ROB: 'robustness',
} as const;

/** The short name of a group. */
export type GroupName = keyof typeof GROUPS;

/** Where in the file something stands; lines and columns count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Which ports a test runs on, one run each; `once` for a test that names its ports itself; a list means those of it that are declared. */
export type EachPort = 'declared' | 'once' | PortName[];

/** The port a connection goes to: `each` is the port of this run, `all` one connection per declared port. */
export type PortChoice = PortName | 'each' | 'all' | 'other';

/** What to say: a message and how it is put on the wire. */
export interface MessageSpec {
  /** A message name (`heartbeat`, `reqMachInfo`), or any element name. */
  message?: string;
  /** The XML of the message element, instead of `message`. */
  xml?: string;
  /** The bytes of the whole message: text in the connection's encoding, or `hex: ..`. */
  raw?: string;
  hex?: string;
  /** Overrides of the envelope; `null` leaves the element out. */
  with?: { mosID?: string | null; ncsID?: string | null; messageID?: string | number | null };
  /** Children and values of the message element, overriding the usual ones. */
  fields?: Record<string, string>;
  /** Elements, as XML, that are put into the message element after its own children. */
  extra?: string;
  encoding?: Encoding;
  /** How the text is dressed. */
  form?: {
    declaration?: boolean;
    byteOrderMark?: boolean;
    pretty?: boolean;
    rootAttributes?: boolean;
    /** `<x/>` or `<x></x>`. */
    emptyElements?: 'short' | 'long';
    /** Writes every character of every value as a numeric reference. */
    references?: 'decimal' | 'hexadecimal';
    before?: string;
    after?: string;
    envelopeOrder?: ('mosID' | 'ncsID' | 'messageID')[];
    doctype?: string;
  };
}

/** How bytes leave: whole, in pieces, slowly, cut short, with the FIN in the last segment. */
export interface Delivery {
  /** Byte offsets at which the message is split into separate segments. */
  split?: (number | string)[];
  /** One exchange for every such place of the message, split there, for as long as the time lasts. */
  splits?: { at: SplitPlace; for: DurationValue };
  /** One piece of `bytes` every `every` ms. */
  drip?: { bytes: CountValue; every: DurationValue; until?: DurationValue };
  /** Sends only the first bytes: a count, or a share such as `50%`. */
  cut?: number | string;
  /** The FIN follows in the segment of the last byte, from a half-close or a close. */
  fin?: 'half-close' | 'close';
  /** Repeats filler inside the message, never ending it. */
  endless?: { rate?: number; bytes: number; time: DurationValue };
  /** Sends messages of the kind, one after the other, until the device takes no more, or until so many bytes or so long. */
  flood?: { bytes: number; time: DurationValue };
  /** Sends this many messages of the kind in one write, each with a messageID of its own. */
  copies?: CountValue;
  /** What filler of this many bytes is put into the message (large messages). */
  pad?: number;
}

/** Fields that every step may have. */
interface StepBase {
  position: Position;
  /** The requirement IDs that the step is about. */
  covers: string[];
}

/** The steps, one verb each. */
export type Step = StepBase &
  (
    | {
        verb: 'connect';
        as: string;
        port: PortChoice;
        count?: CountValue;
        /** Local port of this earlier connection. */
        samePortAs?: string;
        /** From a local port that a later connection can have again. */
        ownPort?: true;
      }
    | ({ verb: 'send'; on: string; as?: string } & MessageSpec & Delivery)
    | {
        verb: 'receive';
        on: string;
        answers?: string;
        as?: string;
        within?: DurationValue;
        capture?: Record<string, string>;
      }
    | ({
        verb: 'exchange';
        on: string;
        as?: string;
        /** Goes on where no answer comes: whether one must come is judged elsewhere. */
        optional?: true;
        times?: CountValue;
        within?: DurationValue;
        capture?: Record<string, string>;
        /** The device may also end the connection instead of answering. */
        or?: 'closed';
      } & MessageSpec &
        Delivery)
    | { verb: 'half-close'; on: string }
    | { verb: 'close'; on: string }
    | { verb: 'abort'; on: string }
    | { verb: 'vanish'; on: string }
    | { verb: 'pause-reading'; on: string }
    | { verb: 'resume-reading'; on: string }
    | { verb: 'reconnect'; on: string; as: string; samePort: boolean }
    | { verb: 'listen'; as: string; port: PortChoice }
    | { verb: 'accept'; on: string; as: string; within?: DurationValue }
    | { verb: 'wait'; for: DurationValue; until?: 'fin' | 'answer' | 'message'; on?: string }
    | { verb: 'repeat'; times: CountValue; steps: Step[] }
    | { verb: 'parallel'; branches: Step[][] }
    | {
        verb: 'answer';
        on: string;
        to: string;
        with?: string;
        delay?: DurationValue;
        times?: CountValue;
        not?: boolean;
      }
    | {
        verb: 'churn';
        as: string;
        port: PortChoice;
        cycles: CountValue;
        concurrency: CountValue;
        rate?: number;
        within: DurationValue;
        atLeast: CountValue;
        message?: string;
        close: 'close' | 'half-close' | 'abort' | 'mixed';
        beside?: string;
      }
    | { verb: 'require'; require: Requirement }
    | { verb: 'expect'; expect: Expectation }
  );

/** The name of a verb. */
export type Verb = Step['verb'];

/** A precondition: where it does not hold, the test ends as not applicable with the reason. */
export type Requirement =
  | { habit: HabitName; is: boolean }
  | { privilege: 'vanish' | 'descriptors' | 'device-vantage' | 'local-files' }
  | { connections: CountValue }
  /** `on` names a listMachInfo that is asked instead of the device file. */
  | { claims: number; on?: string }
  | { check: CheckName; on: string }
  | { identities: 2 }
  | { revision: string }
  | { ports: PortName[] }
  /** The device has ended this connection. */
  | { closed: string }
  /** An earlier request was answered, and not refused. */
  | { answered: string };

/** What can be required of a device's habits. */
export const HABITS = [
  'answers',
  'answers-everywhere',
  'answers-heartbeat',
  'answers-machine-info',
  'keeps-connections',
  'closes-first',
  'serves-two',
  'dials-out',
  'closes-older',
] as const;

/** The name of a habit. */
export type HabitName = (typeof HABITS)[number];

/** What can be checked of a churn. */
export const CHURN_CHECKS = ['answered', 'released', 'slope', 'latency', 'beside'] as const;

/** A check of a churn. */
export type ChurnCheck = (typeof CHURN_CHECKS)[number];

/** The ends of a connection at which something is asserted. */
export type Ends = 'both' | 'device' | 'ncs';

/** What is asserted; every kind is one predicate over the history. `on` may name a group of connections. */
export type Expectation =
  | { kind: 'released'; on: string; ends: Ends; within: DurationValue }
  | { kind: 'state'; on: string; state: string[]; at: 'ncs' | 'device'; within: DurationValue }
  | { kind: 'outcome'; on: string; outcome: string[]; within: DurationValue }
  /** The device ends the connection, by a FIN or a reset, while ours is open. */
  | { kind: 'ended'; on: string; within: DurationValue }
  | { kind: 'open'; on: string; for: DurationValue; note?: true }
  | { kind: 'serving'; port: PortChoice; within?: DurationValue }
  | { kind: 'listening'; port: PortChoice }
  | {
      kind: 'answered';
      on: string;
      answers: string;
      by?: string[];
      within?: DurationValue;
      times?: number;
      /** Counts as a note, whatever the level of the requirement. */
      note?: true;
    }
  | { kind: 'no-message'; on: string; message?: string; answers?: string; for: DurationValue }
  | {
      kind: 'field';
      on: string;
      path: string;
      equals?: string;
      matches?: string;
      exists?: boolean;
      oneOf?: string[];
    }
  /** Every message received under this name, or on the connections of this name, stands up to the check. */
  | {
      kind: 'message';
      on: string;
      check: MessageCheck;
      /** Another message that it is compared with. */
      like?: string;
      note?: true;
    }
  /**
   * What the device sends of its own accord on the connection; `to` names the message whose answer is meant, or
   * `acknowledged` for what is answered by mosAck or roAck.
   */
  | { kind: 'own'; on: string; check: OwnCheckName; to?: string; for: DurationValue }
  /** Nothing that comes on the connection holds this text. */
  | { kind: 'never'; on: string; text: string; for: DurationValue }
  /** Unlisted descriptors of the device grew by less than these shares of the connections of `on`. */
  | { kind: 'descriptors'; on: string; fail: number; remark: number }
  /** `level`: the share of chance that a growth of sockets may be due to. */
  | { kind: 'churn'; on: string; check: ChurnCheck; level?: number };

/** One test case. */
export interface TestCase {
  id: string;
  title: string;
  tier: Tier;
  each: EachPort;
  /** What the test needs to be allowed. */
  permissions: Permission[];
  /** Every requirement that some step covers, in order of appearance. */
  covers: string[];
  steps: Step[];
  position: Position;
  /** The YAML of the test as written. */
  source: string;
}

/** One suite file. */
export interface Suite {
  /** Path as given, with forward slashes. */
  path: string;
  sha256: string;
  title: string;
  group: GroupName;
  intro: string;
  tests: TestCase[];
}
