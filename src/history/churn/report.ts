import type { Tally } from './tally.ts';

/** The part of a churn in which a cycle was begun: alone before the burst, in it, alone after it. */
export type Phase = 'before' | 'during' | 'after';

/** Why a churn ended: `limit` is one of this machine, `blind` says that the means of looking failed. */
export type ChurnEnd = 'cycles' | 'time' | 'refuted' | 'limit' | 'blind' | 'interrupted';

/** What makes the connections: Node's own sockets, or the kernel's calls in a thread of their own. */
export type EngineName = 'node' | 'kernel';

/** What a churn found out. */
export interface ChurnReport {
  engine: EngineName;
  /** Why the kernel's calls could not be used, in a sentence, where they would have been. */
  whyNode?: string;
  /** Cycles that were asked for. */
  wanted: number;
  ended: ChurnEnd;
  /** For `limit` and `blind`: why, in a clause. */
  why?: string;
  /** What spoke against the device when the limit was met. */
  failuresBefore: number;
  tally: Tally;
  /** The numbers of the cycles whose connections were left behind, counted from 1. */
  leftAt: number[];
  /** ms from the request to its answer; of very many answers a sample. */
  latencies: Record<Phase, number[]>;
  /** The longest time for which our own event loop did not turn, in ms. */
  lagMs: Record<Phase, number>;
  /** What became of a few of the cycles that failed, a clause each. */
  examples: string[];
  durationMs: number;
  /** The most connections that existed at once. */
  mostOpen: number;
}
