import type { Means } from '../../history/facts.ts';
import type { Symptom } from '../../history/symptoms.ts';
import type { ChurnReport } from '../../history/churn/report.ts';

/** How a long-lived connection fared while others came and went. */
export interface Attendance {
  exchanges: number;
  /** ms to each answer. */
  times: number[];
  /** What speaks against the device; a clause where what went wrong is ours, or the campaign was ended early. */
  failure?: Symptom | string;
}

/** A churn as it was played: what is judged. */
export interface ChurnTrial {
  report: ChurnReport;
  /** Connections at once. */
  concurrency: number;
  /** Why nothing was asked; absent where something was. */
  unasked?: string;
  /** Whether a socket that is not there any more had run its course, or why that is not known. */
  absenceProves: true | string;
  /** By what releases were seen. */
  means: Means[];
  replyMs: number;
  releaseMs: number;
  /** The limit that the device was given, where nobody declared it. */
  assumedLimit?: number;
  beside?: Attendance;
}
