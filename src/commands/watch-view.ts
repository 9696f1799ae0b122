import type { Endpoint, TcpState } from '../history/facts.ts';
import type { AgedSocket } from '../observe/socket-ages.ts';
import { count } from '../report/format.ts';
import type { Paint } from '../report/terminal.ts';

/** Sockets in the same state with the same peer. */
export interface SocketGroup {
  state: TcpState;
  /** `to 192.0.2.20:10541`, `from 192.0.2.20 on 10540`. */
  peer: string;
  count: number;
  /** Age of the oldest in this state, in ms. */
  oldestMs: number;
  /** Sockets that have been in a state of release for longer than a release takes. */
  stuck: number;
}

/** The states that last when an application does not close. */
const MAY_STICK: readonly TcpState[] = ['CLOSE_WAIT', 'FIN_WAIT_2', 'LAST_ACK'];

/** ms after which a state that should be short counts as stuck; the default release time of a campaign. */
export const STUCK_AFTER_MS = 5_000;

/** What a state that stays says, from the end at which it is seen. */
const WHAT_IT_SAYS: Partial<Record<TcpState, string>> = {
  CLOSE_WAIT: 'the program on this host has not closed',
  FIN_WAIT_2: 'the other side has not closed',
  LAST_ACK: 'the last acknowledgement is missing',
};

/** Groups sockets by state and peer: states that may stick first, then the larger groups. */
export function groupSockets(sockets: readonly AgedSocket[], ports: readonly number[]): SocketGroup[] {
  const groups = new Map<string, SocketGroup>();
  for (const socket of sockets) {
    const peer = peerOf(socket, ports);
    const key = `${socket.state} ${peer}`;
    const group = groups.get(key) ?? { state: socket.state, peer, count: 0, oldestMs: 0, stuck: 0 };
    const ageMs = Math.floor(socket.ageUs / 1_000);
    group.count++;
    group.oldestMs = Math.max(group.oldestMs, ageMs);
    if (MAY_STICK.includes(socket.state) && ageMs >= STUCK_AFTER_MS) group.stuck++;
    groups.set(key, group);
  }
  const weight = ({ state, stuck }: SocketGroup): number =>
    stuck > 0 ? 2 : MAY_STICK.includes(state) ? 1 : 0;
  return [...groups.values()].sort(
    (a, b) => weight(b) - weight(a) || b.count - a.count || a.peer.localeCompare(b.peer),
  );
}

/** The table of one look for a person. */
export function tableForPeople(groups: readonly SocketGroup[], paint: Paint): string[] {
  if (groups.length === 0) return ['No connection.'];
  const width = Math.max(4, ...groups.map(({ peer }) => peer.length));
  const head = `${'State'.padEnd(13)}${'Count'.padStart(6)}  ${'Peer'.padEnd(width)}  ${'Oldest'.padStart(8)}`;
  return [paint('soft', head), ...groups.map((group) => rowOf(group, width, paint))];
}

/** One group as a line without columns, for a pipe. */
export function lineFor(group: SocketGroup): string {
  const stuck = group.stuck > 0 ? `, STUCK: ${group.stuck} (${WHAT_IT_SAYS[group.state]})` : '';
  return `${group.state} ${group.count} ${group.peer}, oldest ${age(group.oldestMs)}${stuck}`;
}

function rowOf(group: SocketGroup, width: number, paint: Paint): string {
  const row =
    `${group.state.padEnd(13)}${String(group.count).padStart(6)}  ${group.peer.padEnd(width)}  ` +
    age(group.oldestMs).padStart(8);
  if (group.stuck > 0) return paint('bad', `${row}  STUCK ${group.stuck}: ${WHAT_IT_SAYS[group.state]}`);
  return MAY_STICK.includes(group.state) ? paint('doubt', `${row}  stuck if it stays`) : row;
}

/** One sentence under the table. */
export function summaryOf(groups: readonly SocketGroup[]): string {
  const sockets = groups.reduce((sum, group) => sum + group.count, 0);
  const stuck = groups.reduce((sum, group) => sum + group.stuck, 0);
  return `${count(sockets, 'socket')}, ${stuck === 0 ? 'none stuck' : `${stuck} stuck`}.`;
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
