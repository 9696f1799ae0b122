import { readFileSync } from 'node:fs';

/** Numbers of this host that tell whether sockets may have vanished before their time. */
export interface HostCounters {
  /** Connections that skipped TIME_WAIT because its buckets were full (TcpExt TCPTimeWaitOverflow). */
  timeWaitOverflow: number;
  /** Connections that were reset because there were too many orphans or too little memory (TCPAbortOnMemory). */
  abortOnMemory: number;
  /** SYNs and handshakes that a full backlog dropped (TcpExt ListenOverflows). */
  listenOverflows: number;
  /** Sockets in TIME_WAIT now. */
  timeWait: number;
  /** Sockets without a descriptor now. */
  orphans: number;
  /** The limits, where this process may see them (not in every container). */
  tcpMaxOrphans?: number;
  tcpMaxTimeWait?: number;
}

/** Reads the counters; undefined where the system does not show them. */
export function readHostCounters(root = '/proc'): HostCounters | undefined {
  const netstat = readText(`${root}/net/netstat`);
  const sockstat = readText(`${root}/net/sockstat`);
  if (netstat === undefined || sockstat === undefined) return undefined;
  const extended = parsePairedLines(netstat, 'TcpExt:');
  const tcp = parseSockstat(sockstat);
  const orphans = tcp.get('orphan');
  const timeWait = tcp.get('tw');
  const timeWaitOverflow = extended.get('TCPTimeWaitOverflow');
  const abortOnMemory = extended.get('TCPAbortOnMemory');
  if (orphans === undefined || timeWait === undefined) return undefined;
  if (timeWaitOverflow === undefined || abortOnMemory === undefined) return undefined;
  const tcpMaxOrphans = readNumber(`${root}/sys/net/ipv4/tcp_max_orphans`);
  const tcpMaxTimeWait = readNumber(`${root}/sys/net/ipv4/tcp_max_tw_buckets`);
  return {
    timeWaitOverflow,
    abortOnMemory,
    listenOverflows: extended.get('ListenOverflows') ?? 0,
    timeWait,
    orphans,
    ...(tcpMaxOrphans === undefined ? {} : { tcpMaxOrphans }),
    ...(tcpMaxTimeWait === undefined ? {} : { tcpMaxTimeWait }),
  };
}

/**
 * Whether a socket that was not there between two readings of the counters had really run its course: true,
 * or in one sentence why its absence proves nothing.
 */
export function absenceProves(
  before: HostCounters | undefined,
  after: HostCounters | undefined,
): true | string {
  if (!before || !after) return 'this system does not show whether its socket tables overflowed';
  const skipped = after.timeWaitOverflow - before.timeWaitOverflow;
  if (skipped > 0) return `${skipped} connections skipped TIME_WAIT because its table is full`;
  const killed = after.abortOnMemory - before.abortOnMemory;
  if (killed > 0) return `the kernel gave up ${killed} closed connections because it has too many of them`;
  if (skipped < 0 || killed < 0) return 'the counters of the kernel were reset meanwhile';
  const { orphans, tcpMaxOrphans } = after;
  if (tcpMaxOrphans !== undefined && orphans >= tcpMaxOrphans) {
    return `there are ${orphans} orphaned sockets and the kernel keeps ${tcpMaxOrphans}`;
  }
  return true;
}

/** /proc/net/netstat has two lines for each group: names, then values. */
function parsePairedLines(text: string, group: string): Map<string, number> {
  const [names = '', values = ''] = text.split('\n').filter((line) => line.startsWith(group));
  const numbers = values.split(/\s+/);
  return new Map(names.split(/\s+/).map((name, i) => [name, Number(numbers[i])]));
}

/** The line `TCP: inuse 1 orphan 0 tw 1 ...`. */
function parseSockstat(text: string): Map<string, number> {
  const line = text.split('\n').find((candidate) => candidate.startsWith('TCP:')) ?? '';
  const words = line.split(/\s+/).slice(1);
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < words.length; i += 2) pairs.set(words[i] ?? '', Number(words[i + 1]));
  return pairs;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function readNumber(path: string): number | undefined {
  const text = readText(path)?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
