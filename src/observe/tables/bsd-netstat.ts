import { rowOf } from './cells.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*tcp(?:4|6|46)?\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+([A-Z]\S*)(?:\s.*)?$/;

/** `netstat -an` and `-anv` of macOS and the BSDs: queues before the ends, `address.port`. */
export const BSD_NETSTAT: TableReader = {
  format: 'bsd-netstat',
  heading: /^\s*Proto\s+Recv-Q\s+Send-Q\s+Local Address\s+Foreign Address\s+\(state\)/,
  row(line) {
    const cells = ROW.exec(line);
    if (!cells) return undefined;
    const [, receiveQueue, sendQueue, local = '', remote = '', word = ''] = cells;
    return rowOf({ word, local, remote, receiveQueue, sendQueue }, '.');
  },
};
