import { rowOf } from './cells.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*(?:tcp\s+)?([A-Z][A-Z0-9-]*)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)(?:\s+(.*))?$/;
const USERS = /users:\(\(("[^"]*",pid=\d+)/;

/** `ss -tan` and `ss -an` of iproute2: state, queues, ends, then details. */
export const SS: TableReader = {
  format: 'ss',
  heading: /^\s*(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s+Local Address:Port/,
  row(line) {
    const cells = ROW.exec(line);
    if (!cells) return undefined;
    const [, word = '', receiveQueue, sendQueue, local = '', remote = '', details = ''] = cells;
    const owner = USERS.exec(details)?.[1]?.replace(/^"([^"]*)",pid=(\d+)$/, '$2/$1');
    return rowOf({ word, local, remote, receiveQueue, sendQueue, owner }, ':');
  },
};
