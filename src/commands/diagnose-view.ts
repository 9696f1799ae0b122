import type { Endpoint } from '../history/facts.ts';
import { TABLE_FORMATS, type SocketTable, type TableRow } from '../observe/tables/table.ts';
import { count, list, sentence } from '../report/format.ts';
import type { Paint } from '../report/terminal.ts';
import { visible } from '../report/visible.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { Joined } from '../diagnosis/join.ts';
import { REMEDY_LANGUAGES } from '../faults/remedies/remedy.ts';
import { faultOf } from '../faults/catalogue.ts';
import { paragraph } from './paragraph.ts';

/** A table and the file it was read from. */
export interface TableFile {
  file: string;
  table: SocketTable;
}

/** What the command has read. */
export interface DiagnoseInput {
  ncs?: TableFile;
  device?: TableFile;
  ports: readonly number[];
  /** What speaks against the roles of the tables. */
  doubt?: string;
}

/** A table is one moment, in which a device may just be about to close. */
const AGAIN = 'Take the tables again after some seconds: what is gone then was not stuck.';

const MARGIN = 9;
const INNER = 8;
const MOST_PORTS_SHOWN = 12;

/** The diagnosis for a person. */
export function diagnosisForPeople(input: DiagnoseInput, diagnosis: Diagnosis, paint: Paint): string {
  const lines: string[] = [];
  for (const [role, source] of [['NCS', input.ncs] as const, ['Device', input.device] as const]) {
    if (!source) continue;
    const rows = count(source.table.rows.length, 'socket');
    lines.push(
      `${role.padEnd(MARGIN)}${visible(source.file)}: ${TABLE_FORMATS[source.table.format]}, ${rows}`,
    );
  }
  if (input.doubt !== undefined) lines.push('', note(input.doubt));
  for (const finding of diagnosis.findings) {
    lines.push('', ...findingLines(finding, input.ports, paint));
  }
  lines.push('');
  for (const text of diagnosis.notes) lines.push(note(text), '');
  lines.push(conclusion(diagnosis, paint));
  return lines.join('\n');
}

const note = (text: string): string => paragraph(visible(text), ' '.repeat(MARGIN), 'Note'.padEnd(MARGIN));

/** Whether the tables held nothing that could be judged: that is no good news. */
export function isVoid({ findings, sound }: Diagnosis): boolean {
  return findings.length === 0 && sound === 0;
}

/** The number of connections that will not go away by themselves. */
export function stuckCount(diagnosis: Diagnosis): number {
  return diagnosis.findings
    .filter(({ stuck }) => stuck)
    .reduce((sum, { connections }) => sum + connections.length, 0);
}

function findingLines(finding: Finding, ports: readonly number[], paint: Paint): string[] {
  const head = finding.stuck ? paint('bad', 'STUCK'.padEnd(MARGIN)) : paint('doubt', 'Check'.padEnd(MARGIN));
  const lines = [`${head}${paint('strong', subject(finding))}`];
  lines.push(paragraph(accusation(finding), ' '.repeat(MARGIN)));
  lines.push(labelled('Means', finding.explanation), labelled('Remedy', finding.remedy));
  const owners = ownersOf(finding);
  const seen = [...finding.details, ...(owners.length > 0 ? [`Owned by ${list(owners)}.`] : [])].join(' ');
  if (seen !== '') lines.push(labelled('Seen', seen));
  for (const place of places(finding.connections, ports)) lines.push(labelled('Where', place));
  if (finding.fault !== undefined && faultOf(finding.fault).examples !== undefined) {
    const languages = Object.keys(REMEDY_LANGUAGES).length;
    const text = `mos-conformance explain ${finding.fault} (examples in ${languages} languages)`;
    lines.push(labelled('Code', text));
  }
  return lines;
}

const WHOSE_FAULT = { device: '', newsroom: '', path: 'Path between them: ' } as const;

function accusation({ fault, confidence, title, side }: Finding): string {
  if (fault === undefined) return sentence(`${WHOSE_FAULT[side]}${title}`);
  return `${fault}${confidence === undefined ? '' : ` (${confidence})`}: the device ${title}.`;
}

/** What the finding is about. A listener is no connection: how many wait there, its details say. */
function subject(finding: Finding): string {
  if (finding.device === 'LISTEN') return 'Connections that wait at a listener of the device';
  return `${count(finding.connections.length, 'connection')}: ${states(finding)}`;
}

function states({ ncs, device }: Finding): string {
  const there = { absent: 'no socket in the table of the', unseen: 'no table of the' } as const;
  const at = (state: string, whose: string): string =>
    state === 'absent' || state === 'unseen' ? `${there[state]} ${whose}` : `${state} at the ${whose}`;
  return `${at(ncs, 'NCS')}, ${at(device, 'device')}`;
}

/** Which programs hold the sockets, where the tables name them: those of the side that has to act. */
function ownersOf({ side, connections }: Finding): string[] {
  const owners = connections.map(({ ncs, device }) => {
    const end = side === 'newsroom' ? ncs : device;
    return typeof end === 'object' ? end.owner : undefined;
  });
  return [...new Set(owners.filter((owner) => owner !== undefined))].slice(0, 5);
}

/** Connections to the same port, with the ports that they come from. */
function places(connections: readonly Joined[], ports: readonly number[]): string[] {
  const groups = new Map<string, number[]>();
  for (const connection of connections) {
    const { ncs, device } = endsOf(connection);
    if (ncs.port === 0) {
      groups.set(`the device's ${endpoint(device)}`, [0]);
      continue;
    }
    const dialled = ports.includes(device.port);
    const key = dialled
      ? `${ncs.address} to the device's ${endpoint(device)}`
      : `device's ${device.address} to ${endpoint(ncs)}`;
    const from = dialled ? ncs.port : device.port;
    groups.set(key, [...(groups.get(key) ?? []), from]);
  }
  return [...groups].map(([key, from]) => {
    if (from.every((port) => port === 0)) return key;
    const sorted = from.sort((a, b) => a - b);
    const more = sorted.length - MOST_PORTS_SHOWN;
    const shown = sorted.slice(0, MOST_PORTS_SHOWN).join(', ');
    return `${key}, from ${sorted.length === 1 ? 'port' : 'ports'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
  });
}

/** Both ends, as the side sees them whose table is at hand. */
function endsOf({ ncs, device }: Joined): { ncs: Endpoint; device: Endpoint } {
  if (typeof ncs === 'object') return { ncs: ncs.local, device: ncs.remote };
  const row = device as TableRow;
  return { ncs: row.remote, device: row.local };
}

function endpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function conclusion(diagnosis: Diagnosis, paint: Paint): string {
  const stuck = stuckCount(diagnosis);
  const sound = `${count(diagnosis.sound, 'connection is', 'connections are')} open at both ends or released.`;
  if (isVoid(diagnosis)) {
    const known = Object.keys(diagnosis.counts).length > 0;
    const why = known ? 'no state of a connection of MOS was understood' : 'no connection of MOS was found';
    return paint('doubt', `Nothing to judge: ${why}.`);
  }
  if (stuck === 0) return `${paint('good', 'Nothing is stuck.')} ${sound}`;
  return `${paint('bad', `${count(stuck, 'connection is', 'connections are')} stuck.`)} ${sound}\n${AGAIN}`;
}

/** A label and its text, the text hanging. */
function labelled(label: string, text: string): string {
  return paragraph(visible(text), ' '.repeat(MARGIN + INNER), `${' '.repeat(MARGIN)}${label.padEnd(INNER)}`);
}
