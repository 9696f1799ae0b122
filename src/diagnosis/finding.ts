import type { FaultName } from '../faults/catalogue.ts';
import type { SocketTable } from '../observe/tables/table.ts';
import type { Joined } from './join.ts';
import type { EndState, Side } from './rules.ts';

/** The tables at hand; at least one. */
export interface Tables {
  ncs?: SocketTable;
  device?: SocketTable;
}

/** Connections that show the same thing, and what it is. */
export interface Finding {
  /** Stable name of the pattern. */
  id: string;
  /** Will not go away by itself. */
  stuck: boolean;
  /** Who has to do something. */
  side: Side;
  ncs: EndState;
  device: EndState;
  /** An entry of the fault catalogue. */
  fault?: FaultName;
  confidence?: 'certain' | 'likely' | 'possible';
  title: string;
  explanation: string;
  remedy: string;
  /** What else the tables show about it, as sentences. */
  details: string[];
  connections: Joined[];
}
