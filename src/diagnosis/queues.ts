import type { SocketTable, TableRow } from '../observe/tables/table.ts';
import { faultOf, type FaultName } from '../faults/catalogue.ts';
import type { Finding, Tables } from './finding.ts';
import type { Joined } from './join.ts';

/** The formats in which a listener's receive queue counts connections, and a FIN counts as a byte. */
const LINUX = ['ss', 'linux-netstat'];

const NOT_ACCEPTED = {
  title: 'the device completes the handshake and does not take the connection',
  explanation:
    'The kernel accepts connections for a listener whose application does not take them. The port looks open to every ' +
    'monitoring tool while the device is dead to the newsroom.',
  remedy: 'Find out what the accepting thread waits for; no connection may be able to block it.',
} as const;

/** Open connections whose device has bytes that it does not read: a moment, or an application that stands still. */
export function unreadFindings(connections: readonly Joined[]): Finding[] {
  const unread = connections.filter(
    ({ device }) =>
      typeof device === 'object' && device.state === 'ESTABLISHED' && (device.receiveQueue ?? 0) > 0,
  );
  if (unread.length === 0) return [];
  const bytes = unread.reduce(
    (sum, { device }) => sum + (typeof device === 'object' ? (device.receiveQueue ?? 0) : 0),
    0,
  );
  return [
    {
      ...fromCatalogue('stops-reading-after-n'),
      id: 'unread',
      ncs: 'ESTABLISHED',
      device: 'ESTABLISHED',
      details: [
        `${bytes} bytes wait in the device's receive queues. Look again: if they do not shrink, it stands still.`,
      ],
      connections: unread,
    },
  ];
}

/** Listeners of the device with connections that its application does not take. */
export function waitingListeners(tables: Tables, ports: readonly number[]): Finding[] {
  const { device } = tables;
  if (!device || !LINUX.includes(device.format)) return [];
  const listeners = device.rows.filter(
    ({ state, local, receiveQueue }) =>
      state === 'LISTEN' && ports.includes(local.port) && (receiveQueue ?? 0) > 0,
  );
  return listeners.map((listener) => ({
    ...NOT_ACCEPTED,
    id: 'waiting-to-be-accepted',
    stuck: false,
    side: 'device',
    ncs: 'unseen',
    device: 'LISTEN',
    details: [`${listener.receiveQueue} connection(s) wait on port ${listener.local.port} to be accepted.`],
    connections: [{ ncs: 'unseen', device: listener, by: 'alone' }],
  }));
}

/** Whether the device has read the end of the stream, which Linux shows: the FIN counts as one unread byte. */
export function unreadEndOfStream(finding: Finding, device: SocketTable | undefined): string[] {
  if (finding.device !== 'CLOSE_WAIT' || !device || !LINUX.includes(device.format)) return [];
  const rows = finding.connections
    .map((connection) => connection.device)
    .filter((end): end is TableRow => typeof end === 'object');
  const unread = rows.filter(({ receiveQueue }) => (receiveQueue ?? 0) > 0).length;
  const read = rows.length - unread;
  const [allUnread, allRead] = [
    'The device has not read to the end of the stream: it no longer reads.',
    'The device has read the end of the stream, and did not close.',
  ];
  if (read === 0) return unread === 0 ? [] : [allUnread];
  if (unread === 0) return [allRead];
  return [`On ${read} of them the device has read the end of the stream; on ${unread} it no longer reads.`];
}

function fromCatalogue(
  fault: FaultName,
): Pick<Finding, 'stuck' | 'side' | 'fault' | 'confidence' | 'title' | 'explanation' | 'remedy'> {
  const { title, explanation, remedy } = faultOf(fault);
  return {
    stuck: false,
    side: 'device',
    fault,
    confidence: 'possible',
    title,
    explanation,
    remedy,
  };
}
