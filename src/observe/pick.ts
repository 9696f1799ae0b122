import type { SocketQuery, SocketReading, TableEntry } from './observer.ts';
import { normalizeAddress } from '../native/address.ts';

/** The rows of a table that answer these questions, in their order; null where there is no such row. */
export function pick(
  entries: readonly TableEntry[],
  queries: readonly SocketQuery[],
): (SocketReading | null)[] {
  const rows = new Map<string, SocketReading>();
  for (const { local, remote, ...reading } of entries) {
    rows.set(key(local.address, local.port, remote.address, remote.port), reading);
  }
  return queries.map(({ source, destination }) => {
    const from = normalizeAddress(source.address);
    const to = normalizeAddress(destination.address);
    return rows.get(key(from, source.port, to, destination.port)) ?? null;
  });
}

function key(from: string, fromPort: number, to: string, toPort: number): string {
  return `${from} ${fromPort} ${to} ${toPort}`;
}
