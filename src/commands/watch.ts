import { nowUs } from '../history/clock.ts';
import { sentence } from '../observe/blind.ts';
import { openObserver, type Chosen } from '../observe/choose.ts';
import type { SocketObserver, TableEntry } from '../observe/observer.ts';
import { SocketAges } from '../observe/socket-ages.ts';
import { painter, wantsColor, type Paint } from '../report/terminal.ts';
import type { Command } from './command.ts';
import { LiveScreen, type Terminal } from './watch-screen.ts';
import {
  groupSockets,
  lineFor,
  meaningsOf,
  summaryOf,
  tableForPeople,
  type SocketGroup,
} from './watch-view.ts';
import { readWatched, type Watched, type WatchArguments } from './watch-target.ts';

/** Where the command writes, what it looks through and what ends it. */
export interface WatchSurroundings {
  out: (text: string) => void;
  complain: (line: string) => void;
  /** The terminal to take over for a live view; in a pipe there is none. */
  terminal?: Terminal | undefined;
  color: boolean;
  open: () => Promise<Chosen>;
  /** Aborted when the user wants it to end. */
  stop: AbortSignal;
}

/** `mos-conformance watch`: the paper's `netstat -an`, grouped, with ages, and with what gets stuck in front. */
export const watchCommand: Command<WatchArguments> = {
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
      terminal: terminalOf(process.stdout),
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
  const view = given.json ? jsonView(watched, surroundings) : peopleView(watched, given, surroundings);
  try {
    for (;;) {
      const entries = (await observer.table(watched.ports)).filter((entry) => isBetween(entry, watched));
      view.show(groupSockets(ages.look(entries, nowUs()), watched.ports));
      if (given.once || (await pauseOrStop(watched.intervalMs, surroundings.stop))) return;
    }
  } finally {
    view.close?.();
  }
}

/** The terminal behind a stream; none in a pipe, and none that cannot move its cursor. */
function terminalOf(stream: NodeJS.WriteStream): Terminal | undefined {
  if (stream.isTTY !== true || process.env['TERM'] === 'dumb') return undefined;
  return {
    write: (text) => stream.write(text),
    size: () => ({ columns: stream.columns || 80, rows: stream.rows || 24 }),
    onResize: (redraw) => {
      stream.on('resize', redraw);
      return () => stream.off('resize', redraw);
    },
  };
}

/** Whether a socket belongs to a connection with the host on one of the ports. */
function isBetween({ local, remote }: TableEntry, { addresses, ports }: Watched): boolean {
  const dialled =
    addresses.has(remote.address) && (ports.includes(remote.port) || ports.includes(local.port));
  return dialled || (addresses.has(local.address) && ports.includes(local.port) && remote.port !== 0);
}

/** How looks are shown. */
interface View {
  show: (groups: SocketGroup[]) => void;
  close?: () => void;
}

function jsonView(watched: Watched, { out }: WatchSurroundings): View {
  const show = (groups: SocketGroup[]): void => {
    const stuck = groups.reduce((sum, group) => sum + group.stuck, 0);
    const about = { time: new Date().toISOString(), host: watched.name, ports: watched.ports, stuck, groups };
    out(`${JSON.stringify(about)}\n`);
  };
  return { show };
}

function peopleView(watched: Watched, given: WatchArguments, surroundings: WatchSurroundings): View {
  const { out, color, terminal } = surroundings;
  const paint = painter(color);
  if (given.once) {
    const lines = (groups: SocketGroup[]): string[] => [
      ...tableForPeople(groups, paint),
      ...meaningsOf(groups),
      summaryOf(groups),
    ];
    return { show: (groups) => out(`${lines(groups).join('\n')}\n`) };
  }
  return terminal ? liveView(watched, terminal, paint) : changesView(surroundings);
}

function liveView(watched: Watched, terminal: Terminal, paint: Paint): View {
  const screen = new LiveScreen(terminal, paint);
  const about = `${watched.name}, ports ${watched.ports.join(', ')}`;
  const foot = `A look every ${watched.intervalMs / 1_000} s; Ctrl-C ends.`;
  return {
    show: (groups) =>
      screen.show({ head: `${about}, ${new Date().toTimeString().slice(0, 8)}`, groups, foot }),
    close: () => screen.close(),
  };
}

/** In a pipe only what changes is written: a group that is new, larger, smaller, stuck or gone. */
function changesView({ out }: WatchSurroundings): View {
  let before: Map<string, SocketGroup> | undefined;
  const show = (groups: SocketGroup[]): void => {
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
  return { show };
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
