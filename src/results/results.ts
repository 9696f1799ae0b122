import type { Fact, Means, PortName, SocketState, Vantage, Evidence } from '../history/facts.ts';
import type { Matter, Symptom } from '../history/symptoms.ts';
import type { CloseOutcome } from './outcome.ts';
import type { Applicability, Level, Verdict } from './verdict.ts';

/** A named fault that explains a failure. */
export interface FaultMatch {
  /** An entry of the fault catalogue, such as `close-wait-leak`. */
  id: string;
  confidence: 'certain' | 'likely' | 'possible';
}

/** One thing that was asserted. */
export interface AssertionResult {
  requirement: string;
  level: Level;
  /** What it is about. */
  about: Matter;
  /** One sentence. */
  expected: string;
  /** One sentence: what was seen instead, or what fulfilled it. On failure it is written from the symptom. */
  actual: string;
  /** On failure: what was seen, as data. Whoever draws conclusions reads this and never the sentence. */
  symptom?: Symptom;
  outcome: 'pass' | 'fail' | 'inconc' | 'error' | 'not observable';
  means: Means[];
  /** On failure: what it means for a newsroom, in a sentence. */
  meaning?: string;
  /** On failure: it rests on something not having come in time, and is therefore tried again. */
  timing?: true;
  /** The connections it is about. */
  connections: string[];
  /** The cells of a grid in which it came out so. */
  cells?: Cell[];
}

/** One cell of a grid: the row of each table, by the name of the table. */
export type Cell = Record<string, string>;

/** One state of one end of a connection. */
export interface StateResult {
  /** Microseconds since the test started. */
  us: number;
  vantage: Vantage;
  state: SocketState;
  evidence: Evidence;
  means: Means;
  /** What it was inferred from: `FIN_WAIT_2 here`. */
  from?: string;
}

/** One connection of a test. */
export interface ConnectionResult {
  name: string;
  port?: PortName;
  direction: 'to device' | 'from device';
  local?: string;
  remote?: string;
  outcome: CloseOutcome;
  /** ms from our FIN to the device's, where both were seen. */
  releaseMs?: number;
  states: StateResult[];
}

/** A file beside results.json that proves something. */
export interface EvidenceFile {
  path: string;
  sha256: string;
}

/** One test of a campaign. */
export interface TestResult {
  /** `REL-02@lower` */
  key: string;
  id: string;
  title: string;
  group: string;
  suite: string;
  /** Whether the test comes with the package; no fault is ever named by what one of somebody's own finds. */
  origin: 'built in' | 'own';
  port?: PortName;
  tier: 'quick' | 'standard' | 'soak';
  /** The level of the requirement that decided the verdict. */
  level: Level;
  covers: string[];
  applicability: Applicability;
  verdict: Verdict;
  /** Why: the first reason for the verdict, or for not having run. */
  reason: string;
  faults: FaultMatch[];
  /** Microseconds on the campaign's clock. */
  startedUs: number;
  durationMs: number;
  assertions: AssertionResult[];
  connections: ConnectionResult[];
  evidence: EvidenceFile[];
  /** How often a failure came again when it was repeated alone. */
  confirmation?: { repeated: number; reproduced: number };
  /** The seed of the campaign: with the key it determines every choice of the test. */
  seed: number;
}

/** One test with everything a report needs beyond results.json; facts carry the campaign's clock. */
export interface TestRecord {
  result: TestResult;
  facts: readonly Fact[];
  /** The YAML of the test. */
  source: string;
}

/** A requirement and what the campaign found about it. */
export interface RequirementResult {
  id: string;
  level: Level;
  /** What the device owes, in one clause. */
  text: string;
  /** The source clause. */
  source: string;
  verdict: Verdict;
  /** Why there is no verdict, where there is none. */
  reason?: string;
  tests: string[];
}

/** What the opening sanity test found out about the device on one port. */
export interface PortHabits {
  /** What came back to the opening exchange. */
  answers: 'reply' | 'silence' | 'close' | 'reset' | 'refused';
  /** The message that got a reply; what socket tests ask with. */
  probe?: string;
  /** Median ms to a reply. */
  replyMs?: number;
  closesAfterReply: boolean;
  /** Messages that it did not answer, although it answered another. */
  silentOn?: string[];
  /** Closes the older connection when the same NCS dials again. */
  closesOlder: boolean;
  /** Whether a second connection was served while the first was open; absent where that was not tried. */
  servesTwo?: boolean;
  /** Takes longer to answer where two ask at once; absent where that was not tried. */
  slowsWithTwo?: boolean;
  /** Closes a connection on which nothing is said; found by a test that waits for it. */
  closesIdle?: boolean;
  /** Its answers carry the messageID of their request. */
  echoes?: boolean;
  /** Sends heartbeats of its own, and answers none. */
  beats?: boolean;
  /** Dials the NCS on this port. */
  dialsOut?: boolean;
  /** What it answers in. */
  encoding?: string;
  /** Its replies break off before they are complete, and are taken as they are. */
  cutsReplies?: boolean;
}

/** The device's section of results.json. */
export interface DeviceResult {
  name: string;
  host: string;
  address: string;
  ports: Partial<Record<PortName, number>>;
  mosId: string;
  ncsId: string;
  revision: string;
  encoding: string;
  profiles: number[];
  file?: string;
  path: 'direct' | 'proxied';
  habits: Partial<Record<PortName, PortHabits>>;
  /** From listMachInfo, as far as it came. */
  machine?: Record<string, string>;
  /** The process that owns each listener, where it is on this host and visible. */
  processes?: Partial<Record<PortName, string>>;
}

/** One means at one vantage and how well it saw there. */
export interface ObserverResult {
  means: Means;
  vantage: Vantage;
  /** Looks; for inference, the states that followed. */
  samples: number;
  largestGapMs: number;
  /** Why it saw less than it could. */
  note?: string;
}

/** The counts of a campaign. */
export interface Totals {
  tests: number;
  pass: number;
  fail: number;
  inconc: number;
  error: number;
  remarks: number;
  notApplicable: number;
  notSelected: number;
  notPermitted: number;
  notRun: number;
  waived: number;
}

/** One named fault of the device over the whole campaign: one accusation with everything that shows it. */
export interface FaultResult extends FaultMatch {
  title: string;
  explanation: string;
  remedy: string;
  /** Keys of the tests that show it. */
  tests: string[];
}

/** results.json: the source of truth of a campaign. */
export interface Results {
  schemaVersion: 1;
  tool: { name: 'mos-conformance'; version: string };
  device: DeviceResult;
  campaign: {
    id: string;
    scope: 'full' | 'partial';
    complete: boolean;
    /** Why it is incomplete. */
    incompleteReason?: string;
    startedAt: string;
    finishedAt: string;
    durationMs: number;
    seed: number;
    selection: { tier: string; groups: string[]; tests: string[]; suites: string[]; strict: boolean };
    /** What a must-requirement needs and this campaign left out, as sentences. */
    leftOut: string[];
    permissions: string[];
    parameters: { name: string; value: number; unit: string; default: boolean }[];
    suites: { path: string; sha256: string }[];
    environment: Record<string, string>;
    observers: ObserverResult[];
    exitCode: number;
  };
  verdict: Verdict;
  /** The verdict in a sentence for a person; of an incomplete campaign it says why. */
  summary: string;
  totals: Totals;
  requirements: RequirementResult[];
  faults: FaultResult[];
  /** Keys of the tests that failed a must for a reason that no named fault explains. */
  unexplained: string[];
  /** What is worth knowing beside the verdict: failed shoulds, notes, findings of the wire. */
  remarks: { text: string; tests: string[] }[];
  tests: TestResult[];
}
