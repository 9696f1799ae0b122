import type { SocketTable, TableRow } from '../observe/tables/table.ts';
import { faultOf } from '../faults/catalogue.ts';
import type { Finding, Tables } from './finding.ts';
import { joinTables, joinWithin, type Joined } from './join.ts';
import { CONTRADICTION, judgePair, type EndState, type Rule } from './rules.ts';
import { unreadFindings, unreadEndOfStream, waitingListeners } from './queues.ts';

/** What two pasted tables, or one, tell about the connections of MOS. */
export interface Diagnosis {
  findings: Finding[];
  /** Connections that are open at both ends, or released. */
  sound: number;
  /** Connections by both states, as `FIN_WAIT_2 / CLOSE_WAIT`: the NCS's first. */
  counts: Record<string, number>;
  /** What the reader should know about the tables, as sentences. */
  notes: string[];
}

const SAME_MOMENT = 'Only tables that were taken at the same moment can show that an end is missing.';

/** Reads the state of MOS from pasted tables. Only connections with one of `ports` at either end count. */
export function diagnose(tables: Tables, ports: readonly number[]): Diagnosis {
  const ncsRows = connectionsOf(tables.ncs, ports);
  const deviceRows = connectionsOf(tables.device, ports);
  const { connections, notes } = join(tables, ncsRows, deviceRows);
  const groups = new Map<string, Finding>();
  const counts: Record<string, number> = {};
  let sound = 0;
  for (const connection of connections) {
    const [ncs, device] = [stateOf(connection.ncs), stateOf(connection.device)];
    counts[`${ncs} / ${device}`] = (counts[`${ncs} / ${device}`] ?? 0) + 1;
    const judged = judgePair(ncs, device);
    if (judged === 'sound') sound++;
    else if (judged !== 'unknown') addTo(groups, judged, connection, ncs, device);
  }
  const findings = [...groups.values(), ...unreadFindings(connections), ...waitingListeners(tables, ports)];
  for (const finding of findings) {
    if (finding.ncs === 'absent' || finding.device === 'absent') finding.details.push(SAME_MOMENT);
    finding.details.push(...unreadEndOfStream(finding, tables.device ?? tables.ncs));
  }
  findings.sort((a, b) => Number(b.stuck) - Number(a.stuck) || b.connections.length - a.connections.length);
  return { findings, sound, counts, notes: [...notes, ...notesOn(tables, connections, ports)] };
}

function connectionsOf(table: SocketTable | undefined, ports: readonly number[]): TableRow[] {
  return (table?.rows ?? []).filter(
    ({ state, local, remote }) =>
      state !== 'LISTEN' && remote.port !== 0 && (ports.includes(local.port) || ports.includes(remote.port)),
  );
}

function join(
  tables: Tables,
  ncsRows: readonly TableRow[],
  deviceRows: readonly TableRow[],
): { connections: Joined[]; notes: string[] } {
  if (!tables.device) return { connections: joinWithin(ncsRows, 'ncs'), notes: [] };
  if (!tables.ncs) return { connections: joinWithin(deviceRows, 'device'), notes: [] };
  const { connections, related } = joinTables(ncsRows, deviceRows);
  const notes: string[] = [];
  if (!related) {
    notes.push(
      'The two tables share no connection: they come from other hosts or other times, or addresses and ports are ' +
        'translated on the way. Each end is judged alone.',
    );
  }
  const byPorts = connections.filter(({ by }) => by === 'ports').length;
  if (byPorts > 0) {
    notes.push(`${counted(byPorts)} recognised by the ports alone: the addresses differ (NAT, or names).`);
  }
  for (const role of ['ncs', 'device'] as const) {
    if (!isExcerpt(tables[role])) continue;
    const missing = connections.filter((connection) => connection[role] === 'absent');
    for (const connection of missing) connection[role] = 'unseen';
    if (missing.length > 0)
      notes.push(`${WHOSE[role]} table is an excerpt: what is missing there proves nothing.`);
  }
  return { connections, notes };
}

const WHOSE = { ncs: "The NCS's", device: "The device's" } as const;

const counted = (count: number): string => (count === 1 ? '1 connection was' : `${count} connections were`);

/** A whole table has listeners beside connections; one that was filtered by a state has only that state. */
function isExcerpt(table: SocketTable | undefined): boolean {
  return new Set(table?.rows.map(({ state }) => state)).size < 2;
}

function stateOf(end: Joined['ncs']): EndState {
  return typeof end === 'object' ? end.state : end;
}

function addTo(
  groups: Map<string, Finding>,
  rule: Rule,
  connection: Joined,
  ncs: EndState,
  device: EndState,
): void {
  const key = `${rule.id} ${ncs} ${device}`;
  const group = groups.get(key);
  if (group) {
    group.connections.push(connection);
    return;
  }
  groups.set(key, findingFor(rule, connection, ncs, device));
}

function findingFor(rule: Rule, connection: Joined, ncs: EndState, device: EndState): Finding {
  const entry = rule.fault === undefined ? undefined : faultOf(rule.fault);
  return {
    id: rule.id,
    stuck: rule.stuck,
    side: rule.side,
    ncs,
    device,
    ...(rule.fault === undefined ? {} : { fault: rule.fault }),
    ...(rule.confidence === undefined ? {} : { confidence: rule.confidence }),
    title: entry?.title ?? rule.title ?? CONTRADICTION.title ?? rule.id,
    explanation: entry?.explanation ?? rule.explanation ?? '',
    remedy: entry?.remedy ?? rule.remedy ?? '',
    details: inferred(ncs, device),
    connections: [connection],
  };
}

/** From one end alone the other can only be inferred. */
function inferred(ncs: EndState, device: EndState): string[] {
  if (ncs === 'FIN_WAIT_2' && device === 'unseen') {
    return ["Inferred: the device's host acknowledged the FIN, and its own FIN has not come."];
  }
  if (ncs === 'unseen' && device === 'FIN_WAIT_2') {
    return ["Inferred: the newsroom's host acknowledged the FIN, and its own FIN has not come."];
  }
  return [];
}

function notesOn(tables: Tables, connections: readonly Joined[], ports: readonly number[]): string[] {
  const notes: string[] = [];
  if (connections.length === 0) {
    notes.push(
      `No connection has port ${ports.join(', ')} at either end. If MOS uses other ports here, name them by --ports.`,
    );
  }
  for (const role of ['ncs', 'device'] as const) {
    const table = tables[role];
    if (!table) continue;
    if (table.unreadable.length > 0) {
      notes.push(
        `${WHOSE[role]} table has ${table.unreadable.length} row(s) that could not be read, the first in line ` +
          `${table.unreadable[0]}: take it with numbers instead of names (netstat -an, ss -tan).`,
      );
    }
    const strange = connectionsOf(table, ports).filter(({ state }) => state === 'UNKNOWN');
    if (strange.length > 0) {
      const words = [...new Set(strange.map(({ word }) => word.slice(0, 30)))].slice(0, 5).join(', ');
      notes.push(
        `${WHOSE[role]} table has ${strange.length} row(s) that were not judged; words not known: ${words}.`,
      );
    }
  }
  return notes;
}
