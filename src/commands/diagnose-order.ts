import type { SocketTable, TableRow } from '../observe/tables/table.ts';

/** How many connections on the ports of MOS a host takes, and how many it dials. */
interface Directions {
  taken: number;
  dialled: number;
}

function directionsOf(table: SocketTable, ports: readonly number[]): Directions {
  const open = table.rows.filter(({ state, remote }) => state !== 'LISTEN' && remote.port !== 0);
  const taken = open.filter(
    ({ local, remote }) => ports.includes(local.port) && !ports.includes(remote.port),
  );
  const dialled = open.filter(
    ({ local, remote }) => ports.includes(remote.port) && !ports.includes(local.port),
  );
  return { taken: taken.length, dialled: dialled.length };
}

/** What speaks for tables that were given the wrong way round, as a sentence: a newsroom dials, a device is dialled. */
export function orderDoubt(
  tables: { ncs?: SocketTable | undefined; device?: SocketTable | undefined },
  ports: readonly number[],
): string | undefined {
  const [ncs, device] = [tables.ncs, tables.device].map((table) => table && directionsOf(table, ports));
  const takesAll = (side: Directions): boolean => side.taken > 0 && side.dialled === 0;
  const dialsAll = (side: Directions): boolean => side.dialled > 0 && side.taken === 0;
  const only = 'as a rule that is the device: what follows would then be laid at the wrong door.';
  if (ncs && device && takesAll(ncs) && dialsAll(device)) {
    return `The host of the first table takes every connection of MOS and dials none; ${only} Give the newsroom's table first, or say --from device (--from ncs if the order is right).`;
  }
  if (ncs && !device && takesAll(ncs)) {
    return `The host of this table takes every connection of MOS and dials none; ${only} Say --from device (--from ncs if it is the newsroom's).`;
  }
  return undefined;
}

/** A connection that two tables show from the same side, so that they come from one host; not one within a host. */
export function sharedSide(first: SocketTable, second: SocketTable): TableRow | undefined {
  const connected = ({ state, remote }: TableRow): boolean => state !== 'LISTEN' && remote.port !== 0;
  const within = new Set(
    [...first.rows, ...second.rows].map(({ local, remote }) => tuple(remote) + tuple(local)),
  );
  const seen = new Set(first.rows.filter(connected).map(({ local, remote }) => tuple(local) + tuple(remote)));
  return second.rows.filter(connected).find(({ local, remote }) => {
    const key = tuple(local) + tuple(remote);
    return local.address !== remote.address && seen.has(key) && !within.has(key);
  });
}

const tuple = ({ address, port }: TableRow['local']): string => `${address} ${port} `;
