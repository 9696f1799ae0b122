import type { Endpoint, TcpState } from '../history/facts.ts';
import type { AgedSocket } from '../observe/socket-ages.ts';
import { count } from '../report/format.ts';
import type { Paint } from '../report/terminal.ts';
import { clip } from '../report/visible.ts';

/** Sockets in the same state with the same peer. */
export interface SocketGroup {
  state: TcpState;
  /** `to 192.0.2.20:10541`, `from 192.0.2.20 on 10540`. */
  peer: string;
  count: number;
  /** For how long the oldest has been seen in this state, in ms; it may have been in it before the first look. */
  oldestMs: number;
  /** Sockets in a state that should pass soon and has not lasted too long yet. */
  suspect: number;
  /** Sockets that have been in a state of release for longer than a release takes. */
  stuck: number;
}

/** ms after which a state that should be short counts as stuck; the default release time of a campaign. */
export const STUCK_AFTER_MS = 5_000;

/** The states that last when somebody does not do his part, and what one that stays says, from the end where it is seen. */
const WHAT_IT_SAYS: Partial<Record<TcpState, string>> = {
  CLOSE_WAIT: 'the program on this host has not closed',
  FIN_WAIT_2: 'the other side has not closed',
  FIN_WAIT_1: 'the other side does not acknowledge our FIN: it is gone, or does not read',
  LAST_ACK: 'the last acknowledgement is missing',
  CLOSING: 'the last acknowledgement is missing',
  SYN_SENT: 'the other side does not answer the connect',
};

const mayStick = (state: TcpState): boolean => WHAT_IT_SAYS[state] !== undefined;

/** Groups sockets by state and peer: states that may stick first, then the larger groups. */
export function groupSockets(sockets: readonly AgedSocket[], ports: readonly number[]): SocketGroup[] {
  const groups = new Map<string, SocketGroup>();
  for (const socket of sockets) {
    const peer = peerOf(socket, ports);
    const key = `${socket.state} ${peer}`;
    const group = groups.get(key) ?? {
      state: socket.state,
      peer,
      count: 0,
      oldestMs: 0,
      suspect: 0,
      stuck: 0,
    };
    const ageMs = Math.floor(socket.ageUs / 1_000);
    group.count++;
    group.oldestMs = Math.max(group.oldestMs, ageMs);
    if (mayStick(socket.state)) {
      if (ageMs >= STUCK_AFTER_MS) group.stuck++;
      else group.suspect++;
    }
    groups.set(key, group);
  }
  const weight = ({ state, stuck }: SocketGroup): number => (stuck > 0 ? 2 : mayStick(state) ? 1 : 0);
  return [...groups.values()].sort(
    (a, b) => weight(b) - weight(a) || b.count - a.count || a.peer.localeCompare(b.peer),
  );
}

/** The table of one look for a person, no line wider than `columns`. */
export function tableForPeople(
  groups: readonly SocketGroup[],
  paint: Paint,
  columns: number = Infinity,
): string[] {
  if (groups.length === 0) return ['No connection.'];
  const width = Math.max(4, ...groups.map(({ peer }) => peer.length));
  const head = `${'State'.padEnd(13)}${'Count'.padStart(6)}  ${'Peer'.padEnd(width)}  ${'Seen for'.padStart(8)}`;
  return [
    paint('soft', clip(head, columns)),
    ...groups.map((group) => coloured(group, clip(rowOf(group, width), columns), paint)),
  ];
}

/** What each state that is stuck says, a line each. */
export function meaningsOf(groups: readonly SocketGroup[]): string[] {
  const stuck = new Set(groups.filter(({ stuck: many }) => many > 0).map(({ state }) => state));
  return [...stuck].map((state) => {
    const more = state === 'FIN_WAIT_2' ? ' (mos-conformance explain close-wait-leak)' : '';
    return `${state} stays: ${WHAT_IT_SAYS[state]}${more}.`;
  });
}

/** One group as a line without columns, for a pipe. */
export function lineFor(group: SocketGroup): string {
  const stuck = group.stuck > 0 ? `, STUCK: ${group.stuck} (${WHAT_IT_SAYS[group.state]})` : '';
  return `${group.state} ${group.count} ${group.peer}, seen for ${age(group.oldestMs)}${stuck}`;
}

function rowOf(group: SocketGroup, width: number): string {
  const row =
    `${group.state.padEnd(13)}${String(group.count).padStart(6)}  ${group.peer.padEnd(width)}  ` +
    age(group.oldestMs).padStart(8);
  if (group.stuck > 0) return `${row}  STUCK ${group.stuck}`;
  return mayStick(group.state) ? `${row}  stuck if it stays` : row;
}

function coloured({ stuck, suspect }: SocketGroup, row: string, paint: Paint): string {
  if (stuck > 0) return paint('bad', row);
  return suspect > 0 ? paint('doubt', row) : row;
}

/** One sentence under the table. */
export function summaryOf(groups: readonly SocketGroup[]): string {
  const sum = (of: 'count' | 'stuck' | 'suspect'): number =>
    groups.reduce((total, group) => total + group[of], 0);
  const sockets = count(sum('count'), 'socket');
  if (sum('stuck') > 0) return `${sockets}, ${sum('stuck')} stuck.`;
  if (sum('suspect') === 0) return `${sockets}, none stuck.`;
  const soon = `${STUCK_AFTER_MS / 1_000} s`;
  return `${sockets}, none known to be stuck; ${sum('suspect')} in a state that should pass within ${soon}.`;
}

function peerOf({ local, remote }: AgedSocket, ports: readonly number[]): string {
  return ports.includes(remote.port) ? `to ${endpoint(remote)}` : `from ${host(remote)} on ${local.port}`;
}

const host = ({ address }: Endpoint): string => (address.includes(':') ? `[${address}]` : address);
const endpoint = (end: Endpoint): string => `${host(end)}:${end.port}`;

function age(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`;
}
