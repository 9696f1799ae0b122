import type { TableEntry } from '../../src/observe/observer.ts';

/** A row of a socket table: a connection from a newsroom to an upper port, with these differences. */
export function tableEntry(state: TableEntry['state'], changes: Partial<TableEntry> = {}): TableEntry {
  return {
    local: { address: '192.0.2.10', port: 50_000 },
    remote: { address: '192.0.2.20', port: 10_541 },
    state,
    inode: 1,
    uid: 0,
    receiveQueue: 0,
    sendQueue: 0,
    timer: 'none',
    ...changes,
  };
}
