import { networkInterfaces } from 'node:os';
import type { Endpoint } from '../history/facts.ts';
import { normalizeAddress } from '../native/address.ts';
import type { SocketObserver, TableEntry } from '../observe/observer.ts';
import { isLoopback } from '../subject/address.ts';
import type { Target } from '../subject/target.ts';

/**
 * Who else is connected to the device's ports, as far as the sockets of this host show: `192.0.2.7:50112 on port
 * 10541`. A connection of which only the device's end is left, though its peer should be on this host, is nobody's.
 * @param own addresses of this host
 */
export async function otherPeers(
  observer: SocketObserver,
  target: Pick<Target, 'address' | 'ports'>,
  own: ReadonlySet<string> = ownAddresses(),
): Promise<string[]> {
  const ports = Object.values(target.ports);
  const address = normalizeAddress(target.address);
  const isHere = (one: string): boolean => isLoopback(one) || own.has(one);
  const table = await observer.table(ports);
  const listened = new Set(table.filter(({ state }) => state === 'LISTEN').map(({ local }) => local.port));
  const established = table.filter(({ state }) => state === 'ESTABLISHED');
  const known = new Set(established.map(({ local, remote }) => key(local, remote)));
  const isDevice = ({ local }: Pick<TableEntry, 'local'>): boolean =>
    isHere(address) && isHere(local.address) && ports.includes(local.port) && listened.has(local.port);
  const peers = established.flatMap((entry): [Endpoint, number][] => {
    const { local, remote } = entry;
    if (isDevice(entry)) {
      const alive = !isHere(remote.address) || known.has(key(remote, local));
      return alive ? [[remote, local.port]] : [];
    }
    const dialled = !isHere(address) && remote.address === address && ports.includes(remote.port);
    return dialled ? [[local, remote.port]] : [];
  });
  return [...new Set(peers.map(([peer, port]) => `${written(peer)} on port ${port}`))].toSorted();
}

function key(from: Endpoint, to: Endpoint): string {
  return `${written(from)} ${written(to)}`;
}

function written({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function ownAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set(all.map(({ address }) => normalizeAddress(address)));
}
