import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { parseDuration } from '../document/quantities.ts';
import { normalizeAddress } from '../native/address.ts';
import { MOS_PORTS, parsePorts } from './ports-option.ts';

/** What the command line may say. */
export interface WatchArguments {
  host: string;
  ports?: string | undefined;
  once?: boolean | undefined;
  json?: boolean | undefined;
  interval?: string | undefined;
}

/** What to watch. */
export interface Watched {
  name: string;
  addresses: ReadonlySet<string>;
  ports: readonly number[];
  intervalMs: number;
}

/** What to watch, or one sentence about what is wrong with it. */
export async function readWatched(given: WatchArguments): Promise<Watched | string> {
  const intervalMs = parseDuration(given.interval ?? '1s');
  if (intervalMs === undefined || intervalMs < 50) {
    return `--interval takes a time of at least 50ms such as 1s, not "${given.interval}".`;
  }
  const place = splitHostAndPort(given.host);
  if (!place)
    return `"${given.host}" is no HOST and no HOST:PORT; an IPv6 address with a port stands in brackets.`;
  if (place.port !== undefined && given.ports !== undefined)
    return 'Give either HOST:PORT or --ports, not both.';
  const ports = given.ports === undefined ? MOS_PORTS : parsePorts(given.ports);
  if (!ports) return `--ports takes ports from 1 to 65535 with commas between, not "${given.ports}".`;
  const addresses = await addressesOf(place.host);
  if (!addresses) return `The host "${place.host}" is not known.`;
  return {
    name: given.host,
    addresses,
    ports: place.port === undefined ? ports : [place.port],
    intervalMs,
  };
}

/** `host`, `host:port`, `::1`, `[::1]`, `[::1]:10541`. */
function splitHostAndPort(text: string): { host: string; port?: number } | undefined {
  if (isIP(text)) return { host: text };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  if (digits === undefined) return { host };
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

async function addressesOf(host: string): Promise<ReadonlySet<string> | undefined> {
  if (isIP(host)) return new Set([normalizeAddress(host)]);
  try {
    const found = await lookup(host, { all: true });
    return new Set(found.map(({ address }) => normalizeAddress(address)));
  } catch {
    return undefined;
  }
}
