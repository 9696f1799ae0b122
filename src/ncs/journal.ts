import { nowUs } from '../history/clock.ts';
import type { ActFact, EventFact, Tuple } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import type { Received } from './requests.ts';

/** Most characters of one message kept in the history; results must not grow with a 1 MiB message. */
const TEXT_LIMIT = 4_000;

/** A part of a string holds all of it, unless it is made anew. */
function head(text: string): string {
  if (text.length <= TEXT_LIMIT) return text;
  return Buffer.from(text.slice(0, TEXT_LIMIT), 'utf16le').toString('utf16le');
}

/** Reads that are facts of their own; after these they are counted together. */
const MOST_READS = 1_000;

/** us in which later reads are counted together. */
const TOGETHER_US = 100_000;

/** What one connection writes into the history of its test. */
export class Journal {
  readonly #connection: string;
  readonly #history: History;
  #reads = 0;
  /** Bytes that were read and are no fact yet. */
  #unrecorded = 0;
  #readUs = 0;

  constructor(connection: string, history: History) {
    this.#connection = connection;
    this.#history = history;
  }

  /** Something that we did. */
  act(act: ActFact['act'], detail?: string): void {
    this.#history.record({
      kind: 'act',
      connection: this.#connection,
      act,
      ...(detail !== undefined && { detail }),
    });
  }

  /** Something that our descriptor reported. */
  event(event: EventFact['event'], more: Pick<EventFact, 'code' | 'detail'> = {}): void {
    this.#recordReads();
    this.#history.record({ kind: 'event', connection: this.#connection, event, ...more });
  }

  /** The connection is up, between these ends. */
  up(event: 'connected' | 'accepted', { local, remote }: Tuple): void {
    this.event(event, { detail: `${local.address}:${local.port} to ${remote.address}:${remote.port}` });
  }

  /** An error of our descriptor, by its errno name. */
  failed(code: string): void {
    const isReset = code === 'ECONNRESET' || code === 'EPIPE';
    this.event(isReset ? 'reset' : code === 'ECONNREFUSED' ? 'refused' : 'error', { code });
  }

  /** Bytes that the kernel took from us or gave to us. */
  bytes(direction: 'sent' | 'received', count: number): void {
    if (direction === 'sent')
      return void this.#history.record({ kind: 'bytes', connection: this.#connection, direction, count });
    this.#reads += 1;
    this.#unrecorded += count;
    if (this.#reads <= MOST_READS || nowUs() - this.#readUs >= TOGETHER_US) this.#recordReads();
  }

  #recordReads(): void {
    if (this.#unrecorded === 0) return;
    const count = this.#unrecorded;
    this.#unrecorded = 0;
    this.#readUs = nowUs();
    this.#history.record({ kind: 'bytes', connection: this.#connection, direction: 'received', count });
  }

  /** A message that came. */
  received({ message, us, request }: Received): void {
    this.#history.record({
      kind: 'message',
      us,
      connection: this.#connection,
      direction: 'received',
      name: message.name,
      bytes: message.bytes,
      encoding: message.encoding,
      text: head(message.text),
      ...(message.messageID !== undefined && { messageID: message.messageID }),
      ...(request && { answers: request.label }),
      ...(message.findings.length > 0 && { findings: message.findings }),
    });
  }

  /** A remark on our own doings. */
  note(text: string): void {
    this.#history.record({ kind: 'note', connection: this.#connection, about: 'harness', text });
  }
}
