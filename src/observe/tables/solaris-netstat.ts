import { rowOf } from './cells.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*(\S+)\s+(\S+)\s+\d+\s+(\d+)\s+\d+\s+(\d+)\s+([A-Z]\S*)(?:\s.*)?$/;

/** `netstat -an` of Solaris: ends, send window and queue, receive window and queue, state; no protocol. */
export const SOLARIS_NETSTAT: TableReader = {
  format: 'solaris-netstat',
  heading: /^\s*Local Address\s+Remote Address\s+Swind\s+Send-Q\s+Rwind\s+Recv-Q\s+State\b/,
  row(line) {
    const cells = ROW.exec(line);
    if (!cells) return undefined;
    const [, local = '', remote = '', sendQueue, receiveQueue, word = ''] = cells;
    return rowOf({ word, local, remote, receiveQueue, sendQueue }, '.');
  },
};
