import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { CommandModule } from 'yargs';
import { parseDuration } from '../document/quantities.ts';
import { nowUs } from '../history/clock.ts';
import { normalizeAddress } from '../observe/address.ts';
import { sentence } from '../observe/blind.ts';
import { openObserver, type Chosen } from '../observe/choose.ts';
import type { SocketObserver, TableEntry } from '../observe/observer.ts';
import { SocketAges } from '../observe/socket-ages.ts';
import { painter, wantsColor, type Paint } from '../report/terminal.ts';
import { MOS_PORTS, parsePorts } from './ports-option.ts';
import { groupSockets, lineFor, summaryOf, tableForPeople, type SocketGroup } from './watch-view.ts';

/** What the command line may say. */
export interface WatchArguments {
  host: string;
  ports?: string | undefined;
  once?: boolean | undefined;
  json?: boolean | undefined;
  interval?: string | undefined;
}

/** Where the command writes, what it looks through and what ends it. */
export interface WatchSurroundings {
  out: (text: string) => void;
  complain: (line: string) => void;
  terminal: boolean;
  color: boolean;
  open: () => Promise<Chosen>;
  /** Aborted when the user wants it to end. */
  stop: AbortSignal;
}

/** What to watch. */
interface Watched {
  name: string;
  addresses: ReadonlySet<string>;
  ports: readonly number[];
  intervalMs: number;
}

/** `mos-conformance watch`: the paper's `netstat -an`, grouped, with ages, and with what gets stuck in front. */
export const watchCommand: CommandModule<object, WatchArguments> = {
  command: 'watch <host>',
  describe: "Show the sockets between this host and a device's MOS ports as they change",
  builder: (yargs) =>
    yargs
      .positional('host', { type: 'string', demandOption: true, describe: 'HOST or HOST:PORT of the device' })
      .option('ports', { type: 'string', describe: 'Ports of MOS (10540,10541,10542)' })
      .option('once', { type: 'boolean', describe: 'Look once and end' })
      .option('json', { type: 'boolean', describe: 'Write one line of JSON a look' })
      .option('interval', { type: 'string', default: '1s', describe: 'Time between two looks' })
      .example('$0 watch prompter.example', 'Live table; Ctrl-C ends it')
      .example('$0 watch 192.0.2.20:10541 --json', 'One line of JSON every second'),
  handler: async (given) => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
    process.exitCode = await runWatch(given, {
      out: (text) => process.stdout.write(text),
      complain: (line) => process.stderr.write(`${line}\n`),
      terminal: process.stdout.isTTY === true,
      color: wantsColor(process.stdout),
      open: () => openObserver(),
      stop: stop.signal,
    });
  },
};

/** Watches until it is stopped; the result is the exit code. Never throws for what a user can get wrong. */
export async function runWatch(given: WatchArguments, surroundings: WatchSurroundings): Promise<number> {
  const watched = await readWatched(given);
  if (typeof watched === 'string') {
    surroundings.complain(watched);
    return 2;
  }
  const { observer, tried } = await surroundings.open();
  if (!observer) {
    const why = tried.map(({ means, reason }) => `${means}: ${reason}`).join('; ');
    surroundings.complain(`The sockets of this host cannot be seen (${why || 'no means for this system'}).`);
    return 3;
  }
  try {
    await lookAgainAndAgain(observer, watched, given, surroundings);
    return 0;
  } catch (error) {
    surroundings.complain(`The sockets of this host can no longer be seen: ${sentence(error)}.`);
    return 3;
  } finally {
    observer.close();
  }
}

async function lookAgainAndAgain(
  observer: SocketObserver,
  watched: Watched,
  given: WatchArguments,
  surroundings: WatchSurroundings,
): Promise<void> {
  const ages = new SocketAges();
  const show = given.json ? jsonShow(watched, surroundings) : peopleShow(watched, given, surroundings);
  for (;;) {
    const entries = (await observer.table(watched.ports)).filter((entry) => isBetween(entry, watched));
    show(groupSockets(ages.look(entries, nowUs()), watched.ports));
    if (given.once || (await pauseOrStop(watched.intervalMs, surroundings.stop))) return;
  }
}

/** Whether a socket belongs to a connection with the host on one of the ports. */
function isBetween({ local, remote }: TableEntry, { addresses, ports }: Watched): boolean {
  const dialled =
    addresses.has(remote.address) && (ports.includes(remote.port) || ports.includes(local.port));
  return dialled || (addresses.has(local.address) && ports.includes(local.port) && remote.port !== 0);
}

type Show = (groups: SocketGroup[]) => void;

function jsonShow(watched: Watched, { out }: WatchSurroundings): Show {
  return (groups) => {
    const stuck = groups.reduce((sum, group) => sum + group.stuck, 0);
    const about = { time: new Date().toISOString(), host: watched.name, ports: watched.ports, stuck, groups };
    out(`${JSON.stringify(about)}\n`);
  };
}

function peopleShow(watched: Watched, given: WatchArguments, surroundings: WatchSurroundings): Show {
  const paint = painter(surroundings.color);
  if (given.once) {
    return (groups) =>
      surroundings.out(`${[...tableForPeople(groups, paint), summaryOf(groups)].join('\n')}\n`);
  }
  return surroundings.terminal ? liveShow(watched, paint, surroundings) : changesShow(surroundings);
}

const HOME_AND_CLEAR = '\u001b[H\u001b[J';

function liveShow(watched: Watched, paint: Paint, { out }: WatchSurroundings): Show {
  return (groups) => {
    const head = `${watched.name}, ports ${watched.ports.join(', ')}, ${new Date().toLocaleTimeString()}`;
    out(
      `${HOME_AND_CLEAR}${[head, '', ...tableForPeople(groups, paint), '', summaryOf(groups)].join('\n')}\n`,
    );
  };
}

/** In a pipe only what changes is written: a group that is new, larger, smaller, stuck or gone. */
function changesShow({ out }: WatchSurroundings): Show {
  let before: Map<string, SocketGroup> | undefined;
  return (groups) => {
    const time = new Date().toISOString();
    const now = new Map(groups.map((group) => [`${group.state} ${group.peer}`, group]));
    for (const [key, group] of now) {
      const old = before?.get(key);
      if (old?.count !== group.count || old.stuck !== group.stuck) out(`${time} ${lineFor(group)}\n`);
    }
    for (const [key, group] of before ?? []) {
      if (!now.has(key)) out(`${time} ${group.state} 0 ${group.peer}\n`);
    }
    if (before === undefined && groups.length === 0) out(`${time} No connection.\n`);
    before = now;
  };
}

/** Waits; true where it was stopped meanwhile. */
function pauseOrStop(ms: number, stop: AbortSignal): Promise<boolean> {
  if (stop.aborted) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve(stop.aborted);
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener('abort', end);
  });
}

/** What to watch, or one sentence about what is wrong with it. */
async function readWatched(given: WatchArguments): Promise<Watched | string> {
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
