import { rowOf } from './cells.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*tcp6?\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+([^\s\d]\S*)(?:\s+(.*))?$/;
const PROGRAM = /(?:^|\s)(\d+\/\S+)/;

/** `netstat -an` and `netstat -tanp` of net-tools: queues before the ends, `address:port`. */
export const LINUX_NETSTAT: TableReader = {
  format: 'linux-netstat',
  heading: /^\s*Proto\s+Recv-Q\s+Send-Q\s+Local Address\s+Foreign Address\s+State\b/,
  row(line) {
    const cells = ROW.exec(line);
    if (!cells) return undefined;
    const [, receiveQueue, sendQueue, local = '', remote = '', word = '', details = ''] = cells;
    const owner = PROGRAM.exec(details)?.[1];
    return rowOf({ word, local, remote, receiveQueue, sendQueue, owner }, ':');
  },
};
