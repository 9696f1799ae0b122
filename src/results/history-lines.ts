import type { Fact } from '../history/facts.ts';
import type { Results, TestResult } from './results.ts';

/** A test as it stands in the plan: its result as far as it is known before it is played. */
export interface PlannedResult {
  result: TestResult;
  /** The heading under which it is told. */
  heading: string;
  /** Why it is not selected; absent where it is. */
  leftOut?: string;
}

/** The first line of a history: everything about a campaign that stands before its first test. */
export interface CampaignPlan {
  kind: 'campaign';
  schemaVersion: 1;
  tool: Results['tool'];
  device: Omit<Results['device'], 'habits' | 'machine' | 'processes'>;
  campaign: Pick<
    Results['campaign'],
    | 'id'
    | 'startedAt'
    | 'seed'
    | 'selection'
    | 'leftOut'
    | 'permissions'
    | 'parameters'
    | 'suites'
    | 'environment'
  >;
  /** Wall clock at microsecond 0 of the facts, in ms since the epoch. */
  anchorMs: number;
  /** In the order of the results, the sanity tests included. */
  planned: PlannedResult[];
}

/** What is known of the device and of our own sight by now; the last such line holds. */
export interface Learnt extends Pick<Results['device'], 'habits' | 'machine' | 'processes'> {
  kind: 'learnt';
  observers: Results['campaign']['observers'];
  /** ms that a churn may take; less than planned on a device that takes its time to answer. */
  churnTime?: number;
  /** ms in which new cells of a grid are begun, likewise. */
  gridTime?: number;
  /** Why nothing but the opening sanity test is run, or only what needs no answer. */
  stopped?: string;
}

/** A fact of a test. */
export type FactLine = Fact & {
  /** The key of the test. */
  test: string;
  /** Which repetition of the test it belongs to, counted from 1; absent in its first playing. */
  repeat?: number;
};

/** A test has ended; the facts on which the result rests stand before it. */
export interface ResultLine {
  kind: 'result';
  test: string;
  /** The repetition that the result comes from; absent where it comes from the first playing. */
  repeat?: number;
  result: TestResult;
  /** The YAML of the test. */
  source: string;
}

/** The last line of a campaign that ended by itself, or was ended in order. */
export interface CampaignEnd {
  kind: 'end';
  /** ISO 8601 */
  finishedAt: string;
  /** Why the campaign was ended early, and the exit code that belongs to it. */
  interrupted?: { reason: string; exitCode?: number; advice?: string };
}

/** One line of history.ndjson. */
export type HistoryLine = CampaignPlan | Learnt | FactLine | ResultLine | CampaignEnd;
