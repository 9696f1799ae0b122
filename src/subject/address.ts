import { lookup } from 'node:dns/promises';
import { isIP, isIPv4 } from 'node:net';

/** ms that a name server may take. */
const LOOKUP_TIME = 10_000;

/** Finds the addresses of a host name, the preferred first. */
export type Lookup = (host: string) => Promise<{ address: string }[]>;

/** Whether the address is this machine itself. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return isIPv4(plain) ? plain.startsWith('127.') : plain === '::1';
}

/**
 * The literal address of a host, found once: its first address as the system prefers them. What is wrong with
 * a host is one clause without a full stop.
 */
export async function addressOf(
  host: string,
  find: Lookup = (name) => lookup(name, { all: true }),
): Promise<{ address: string } | { problem: string }> {
  const bare = /^\[(.+)\]$/.exec(host)?.[1] ?? host;
  const problem = hostProblem(host, bare);
  if (problem !== undefined) return { problem };
  if (isIP(bare)) return { address: bare };
  try {
    const [first] = await inTime(find(bare));
    return first ? { address: first.address } : { problem: `the host name "${host}" has no address` };
  } catch (error) {
    return { problem: lookupProblem(host, error) };
  }
}

function hostProblem(host: string, bare: string): string | undefined {
  if (/^\w+:\/\//.test(host))
    return `"${host}" is an address of the web; a device is a host name or an IP address`;
  if (!isIP(bare) && /:\d+$/.test(bare)) return `"${host}" holds a port; ports are given apart from the host`;
  if (bare === '0.0.0.0' || bare === '::') return `${bare} means every address of a machine, not a device`;
  if (!isIP(bare) && !/^[\p{L}\p{N}]([\p{L}\p{N}_.-]*[\p{L}\p{N}.])?$/u.test(bare))
    return `"${host}" is no host name`;
  return bare.length > 253 ? 'the host name is too long' : undefined;
}

function lookupProblem(host: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EINVAL')
    return `the host name "${host}" is unknown`;
  if (code === 'ETIMEDOUT') return `no name server answered within 10 s for the host name "${host}"`;
  return `the host name "${host}" cannot be resolved (${code || 'unknown reason'})`;
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('lookup'), { code: 'ETIMEDOUT' })), LOOKUP_TIME);
  });
  try {
    return await Promise.race([promise, overdue]);
  } finally {
    clearTimeout(timer);
  }
}
