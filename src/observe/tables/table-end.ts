import type { Endpoint } from '../../history/facts.ts';
import { normalizeAddress } from '../../native/address.ts';

const WILDCARDS: readonly string[] = ['*', '0.0.0.0', '::', ''];

/**
 * Reads one end of a connection: everything before the last `separator` is the address, behind it stands the
 * port. Brackets and zones are dropped. Undefined where there is no port, or one that is not a number.
 */
export function readEnd(text: string, separator: ':' | '.'): Endpoint | undefined {
  const at = text.lastIndexOf(separator);
  if (at < 0) return undefined;
  const port = readPort(text.slice(at + 1));
  if (port === undefined) return undefined;
  const bare = text.slice(0, at).replace(/[[\]]/g, '').replace(/%.*$/, '');
  const address = normalizeAddress(bare);
  return { address: WILDCARDS.includes(address) ? '*' : address.toLowerCase(), port };
}

function readPort(text: string): number | undefined {
  if (text === '*') return 0;
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port <= 65_535 ? port : undefined;
}
