import { isIP } from 'node:net';
import type { Endpoint } from '../history/facts.ts';
import type { TableRow } from '../observe/tables/table.ts';

/**
 * One connection and what is known of its two ends. An end is a row of a table, `absent` where the table of
 * that host has no such socket, `unseen` where there is no table of that host.
 */
export interface Joined {
  ncs: TableRow | 'absent' | 'unseen';
  device: TableRow | 'absent' | 'unseen';
  /** By what the two ends were recognised as one connection. */
  by: 'tuple' | 'ports' | 'alone';
}

/** The connections of two hosts. */
export interface JoinedTables {
  connections: Joined[];
  /** False where both tables have connections and none is the same: from other hosts, or other times. */
  related: boolean;
}

/**
 * Joins the connections of two tables: first by both addresses and ports, then what is left by its two ports
 * where only one connection has them: names instead of addresses, or NAT where no address is the same. What remains alone is absent at
 * the other end only if that end's host is the one whose table is at hand.
 */
export function joinTables(ncsRows: readonly TableRow[], deviceRows: readonly TableRow[]): JoinedTables {
  const ncsLeft = new Map(ncsRows.map((row) => [tupleOf(row), row]));
  const deviceLeft = new Map(deviceRows.map((row) => [tupleOf(row), row]));
  const pairs: Joined[] = [];
  const seen = new Set<string>();
  for (const [key, ncs] of [...ncsLeft]) {
    const device = deviceLeft.get(reversedTupleOf(ncs));
    if (!device) continue;
    ncsLeft.delete(key);
    // Tables of one host have both ends in each: the pair must not come a second time the other way round.
    if (seen.has(reversedTupleOf(ncs))) continue;
    seen.add(key);
    deviceLeft.delete(tupleOf(device));
    pairs.push(oriented(ncs, device));
  }
  for (const row of deviceRows) if (seen.has(tupleOf(row))) deviceLeft.delete(tupleOf(row));
  pairs.push(...joinByPorts(ncsLeft, deviceLeft, pairs.length === 0));
  const hosts = hostsOf(pairs);
  const related = pairs.length > 0 || ncsRows.length === 0 || deviceRows.length === 0;
  return {
    related,
    connections: [
      ...pairs,
      ...[...ncsLeft.values()].map((ncs): Joined => ({
        ncs,
        device: hosts.device.has(ncs.remote.address) ? 'absent' : 'unseen',
        by: 'alone',
      })),
      ...[...deviceLeft.values()].map((device): Joined => ({
        ncs: hosts.ncs.has(device.remote.address) ? 'absent' : 'unseen',
        device,
        by: 'alone',
      })),
    ],
  };
}

/**
 * The connections of one table alone. Where it has both ends (a loopback connection) they are joined; the end
 * with the MOS port is then the device's.
 * @param role whose host the table comes from
 */
export function joinWithin(rows: readonly TableRow[], role: 'ncs' | 'device'): Joined[] {
  const byTuple = new Map(rows.map((row) => [tupleOf(row), row]));
  const done = new Set<string>();
  const joined: Joined[] = [];
  for (const [key, row] of byTuple) {
    if (done.has(key)) continue;
    const other = byTuple.get(reversedTupleOf(row));
    if (other && other !== row) {
      done.add(tupleOf(other));
      joined.push(oriented(row, other));
    } else {
      joined.push(
        role === 'ncs'
          ? { ncs: row, device: 'unseen', by: 'alone' }
          : { ncs: 'unseen', device: row, by: 'alone' },
      );
    }
  }
  return joined;
}

/** On one host nothing but the ports tells the ends apart: the larger one is that of the end that dialled. */
function oriented(ncs: TableRow, device: TableRow): Joined {
  const sameHost = ncs.local.address === ncs.remote.address;
  return sameHost && ncs.local.port < ncs.remote.port
    ? { ncs: device, device: ncs, by: 'tuple' }
    : { ncs, device, by: 'tuple' };
}

/** @param translated whether literal addresses too may stand for others: no connection has the same ones in both */
function joinByPorts(
  ncsLeft: Map<string, TableRow>,
  deviceLeft: Map<string, TableRow>,
  translated: boolean,
): Joined[] {
  const fromNcs = groupBy([...ncsLeft.values()], ({ local, remote }) => `${local.port} ${remote.port}`);
  const fromDevice = groupBy([...deviceLeft.values()], ({ local, remote }) => `${remote.port} ${local.port}`);
  const pairs: Joined[] = [];
  for (const [ports, [ncs, ...moreOfNcs]] of fromNcs) {
    const [device, ...moreOfDevice] = fromDevice.get(ports) ?? [];
    if (!ncs || !device || moreOfNcs.length > 0 || moreOfDevice.length > 0) continue;
    if (!translated && isLiteral(ncs) && isLiteral(device)) continue;
    ncsLeft.delete(tupleOf(ncs));
    deviceLeft.delete(tupleOf(device));
    pairs.push({ ncs, device, by: 'ports' });
  }
  return pairs;
}

/** The addresses under which each host is known to the other. */
function hostsOf(pairs: readonly Joined[]): { ncs: Set<string>; device: Set<string> } {
  const hosts = { ncs: new Set<string>(), device: new Set<string>() };
  for (const { ncs, device } of pairs) {
    if (typeof ncs === 'object') hosts.device.add(ncs.remote.address);
    if (typeof device === 'object') hosts.ncs.add(device.remote.address);
  }
  return hosts;
}

function isLiteral({ local, remote }: TableRow): boolean {
  return isIP(local.address) !== 0 && isIP(remote.address) !== 0;
}

function groupBy(rows: readonly TableRow[], keyOf: (row: TableRow) => string): Map<string, TableRow[]> {
  const groups = new Map<string, TableRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

const tupleOf = ({ local, remote }: TableRow): string => `${text(local)} ${text(remote)}`;
const reversedTupleOf = ({ local, remote }: TableRow): string => `${text(remote)} ${text(local)}`;
const text = ({ address, port }: Endpoint): string => `${address} ${port}`;
