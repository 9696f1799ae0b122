import type { ChurnReport } from '../../history/churn/report.ts';
import type { Tally } from '../../history/churn/tally.ts';
import type { ChurnOptions } from '../../ncs/churn/options.ts';

/** What a thread is to do: the options of a churn as far as they are data. */
export interface Order {
  options: Omit<ChurnOptions, 'lookUp' | 'signal' | 'onProgress' | 'onWatching'>;
  /** Whether it looks at the sockets of both ends. */
  looks: boolean;
  /** One number, which becomes 1 when the churn is to be broken off. */
  stop: Int32Array;
}

/** What a thread says: first whether it has begun, then how it stands and that it only watches, last what came of it. */
export type Message =
  | { kind: 'unavailable'; why: string }
  | { kind: 'begun' }
  | { kind: 'progress'; tally: Tally }
  | { kind: 'watching' }
  | { kind: 'report'; report: ChurnReport };
