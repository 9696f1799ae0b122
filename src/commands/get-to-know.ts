import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { REVISIONS, type Revision } from '../wire/revision.ts';
import { heartbeat, reqMachInfo } from '../wire/messages.ts';
import { ENCODINGS, type Encoding, type MosElement } from '../wire/types.ts';
import { child, childText } from '../wire/xml.ts';
import { probe, type ProbeResult } from './probe.ts';

/** What `init` asks a device with. */
export interface Introduction {
  address: string;
  ports: Partial<Record<PortName, number>>;
  waitMs: number;
  mosId?: string;
  ncsId?: string;
}

/** What `init` found out. */
export interface Acquaintance {
  /** What each port said to a connection. */
  ports: Partial<Record<PortName, { number: number; open: boolean; text: string }>>;
  /** Whether the device answers to the IDs; absent where none were given. */
  answers?: boolean;
  /** The encoding in which it was asked when it answered. */
  encoding?: Encoding;
  /** The encoding of the answer, where it differs. */
  answeredIn?: Encoding;
  replyMs?: number;
  model?: string;
  revision?: Revision;
  profiles?: number[];
}

/** Encodings in the order in which they are tried: what MOS prescribes, then what is most often used instead. */
const TRIED: readonly Encoding[] = [...new Set<Encoding>(['ucs-2be', 'utf-8', ...ENCODINGS])];

/** Gets to know a device: each port is called, and where IDs are given asked with a heartbeat and reqMachInfo. */
export async function getToKnow(
  introduction: Introduction,
  say: (line: string) => void,
): Promise<Acquaintance> {
  const ports: Acquaintance['ports'] = {};
  for (const name of PORT_NAMES) {
    const number = introduction.ports[name];
    if (number === undefined) continue;
    const result = await probe({ ...introduction, port: number });
    const open = result.kind !== 'no connection';
    const text = result.kind === 'no connection' ? result.text : 'accepts connections';
    ports[name] = { number, open, text };
    say(`${name} port ${number} ${text}`);
  }
  const open = PORT_NAMES.filter((name) => ports[name]?.open);
  const { mosId, ncsId } = introduction;
  if (open.length === 0 || mosId === undefined || ncsId === undefined) return { ports };
  const told: Conversation[] = [];
  for (const name of open) {
    const encodings = told.flatMap(({ encoding }) => encoding ?? []);
    const asking = { ...introduction, mosId, ncsId, encodings: encodings.length > 0 ? encodings : TRIED };
    const telling = (line: string): void => say(`${name}: ${line}`);
    told.push(await converse(asking, ports[name]?.number ?? 0, telling));
  }
  return { ports, ...(told.find(({ answers }) => answers) ?? told[0]) };
}

/** What came of it on one port. */
type Conversation = Omit<Acquaintance, 'ports'>;

async function converse(
  introduction: Introduction & { mosId: string; ncsId: string; encodings: readonly Encoding[] },
  port: number,
  say: (line: string) => void,
): Promise<Conversation> {
  const ask = (body: MosElement, messageID: number, encoding: Encoding): Promise<ProbeResult> => {
    const message = { mosID: introduction.mosId, ncsID: introduction.ncsId, messageID, body };
    return probe({ ...introduction, port, message, encoding });
  };
  for (const [index, encoding] of introduction.encodings.entries()) {
    const result = await ask(heartbeat(), index + 1, encoding);
    say(`heartbeat in ${encoding}: ${inWords(result)}`);
    if (result.kind !== 'reply') continue;
    const answeredIn = result.reply.encoding;
    const machine = await ask(reqMachInfo(), introduction.encodings.length + 1, encoding);
    say(`reqMachInfo: ${inWords(machine)}`);
    return {
      answers: result.reply.name === 'heartbeat',
      encoding,
      ...(answeredIn !== encoding && { answeredIn }),
      replyMs: Math.round(result.ms),
      ...(machine.kind === 'reply' && readMachine(machine.reply.body)),
    };
  }
  return { answers: false };
}

function inWords(result: ProbeResult): string {
  switch (result.kind) {
    case 'reply':
      return `answered with ${result.reply.name} after ${Math.round(result.ms)} ms`;
    case 'silence':
      return 'no answer';
    case 'close':
      return 'the device closed the connection without an answer';
    case 'reset':
      return 'the device reset the connection';
    default:
      return 'no connection';
  }
}

function readMachine(body: MosElement | undefined): Pick<Acquaintance, 'model' | 'revision' | 'profiles'> {
  if (body?.name !== 'listMachInfo') return {};
  const model = [childText(body, 'manufacturer'), childText(body, 'model')].filter(Boolean).join(' ');
  const revision = REVISIONS.find((known) => known === childText(body, 'mosRev'));
  const profiles = (child(body, 'supportedProfiles')?.children ?? [])
    .filter(({ name, text }) => name === 'mosProfile' && text.trim().toUpperCase() === 'YES')
    .map(({ attributes }) => Number(attributes['number']))
    .filter((number) => Number.isInteger(number) && number >= 0 && number <= 7);
  return {
    ...(model !== '' && { model }),
    ...(revision && { revision }),
    ...(profiles.length > 0 && { profiles }),
  };
}
