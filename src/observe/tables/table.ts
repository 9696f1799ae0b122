import type { Endpoint, SocketState } from '../../history/facts.ts';

/** The programs whose output can be read. */
export const TABLE_FORMATS = {
  ss: 'ss (Linux)',
  'linux-netstat': 'netstat (Linux)',
  'windows-netstat': 'netstat (Windows)',
  'bsd-netstat': 'netstat (macOS, BSD)',
  'solaris-netstat': 'netstat (Solaris)',
} as const;

/** The name of a format. */
export type TableFormat = keyof typeof TABLE_FORMATS;

/** One socket as a pasted table shows it. A wildcard address is `*`, a wildcard port 0. */
export interface TableRow {
  /** Where it stands in the pasted text, from 1. */
  line: number;
  /** UNKNOWN where the table uses a word that we refuse to guess, `none` for a socket without a connection. */
  state: SocketState;
  /** The word of the table. */
  word: string;
  /** Literal addresses in one spelling; a host name, or an address that the table cut off, as it stands. */
  local: Endpoint;
  remote: Endpoint;
  /** Bytes that the application has not read; on a Linux listener the connections that wait to be accepted. */
  receiveQueue?: number;
  /** Bytes that the peer has not acknowledged. */
  sendQueue?: number;
  /** The program or process number, as the table names it. */
  owner?: string;
}

/** A pasted socket table. */
export interface SocketTable {
  format: TableFormat;
  rows: TableRow[];
  /** Lines that begin like a row of TCP and could not be read: numbers from 1. */
  unreadable: number[];
}

/** How one program writes its table. */
export interface TableReader {
  format: TableFormat;
  /** Whether a line is a heading that only this program writes. */
  heading: RegExp;
  /** Reads a line; undefined where it is no row of TCP in this format. */
  row(line: string): Omit<TableRow, 'line'> | undefined;
  /** What a line without a socket adds to the row before it (Windows' program names). */
  addition?(line: string): { owner: string } | undefined;
}
