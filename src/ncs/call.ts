import { setTimeout as pause } from 'node:timers/promises';
import { nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import { History } from '../history/history.ts';
import { MESSAGE_SIZE } from '../wire/framer.ts';
import { encodeMessage } from '../wire/encode.ts';
import { serialize } from '../wire/xml.ts';
import type { MosElement } from '../wire/types.ts';
import type { Encoding } from '../wire/types.ts';
import { Connection } from './connection.ts';
import { Holdings } from './holdings.ts';
import type { Stream } from './network.ts';
import type { Received } from './requests.ts';
import type { NcsIdentity } from './usual-answers.ts';

/** Messages after which a connection that a device dialled is given up: nobody has that much to say. */
const MOST_MESSAGES = 10_000;

/** How often the same message may come again before it is no longer answered: a loop is cut. */
const MOST_REPEATS = 3;

/** Most characters of a message of ours that the history keeps. */
const TEXT_LIMIT = 4_000;

/** What is said to a message of the device, and after how many ms; nothing where it is left unanswered. */
export interface CallAnswer {
  body: MosElement;
  delayMs?: number;
}

/** What a call is made of. */
export interface CallOptions {
  name: string;
  portName: PortName;
  encoding: Encoding;
  identity: NcsIdentity;
  /** Bytes of the largest message that is accepted; 64 MiB unless told. */
  messageSize?: number;
  answer(received: Received, call: Call): CallAnswer | undefined;
}

/**
 * A connection that the device dialled. It lives as long as the device keeps it, beyond single tests: the NCS
 * answers on it by itself, closes when the device does, and a test may borrow it.
 */
export class Call {
  readonly connection: Connection;
  readonly openedUs = nowUs();
  /** Everything that happened on it. */
  readonly history = new History();
  readonly #options: CallOptions;
  #return: (() => void) | undefined;
  #messages = 0;
  /** The last message by its name and messageID, and how often it came again. */
  #last: string | undefined;
  #repeats = 0;

  constructor(socket: Stream, options: CallOptions) {
    this.#options = options;
    const { name, portName, encoding, messageSize = MESSAGE_SIZE } = options;
    this.history.subscribe((fact) => {
      if (fact.kind === 'event' && fact.event === 'fin' && !this.isLent) void this.connection.close();
    });
    this.connection = Connection.accepted(socket, {
      name,
      history: this.history,
      portName,
      encoding,
      messageSize,
    });
    socket.once('close', () => Holdings.of(this.history).release());
    this.connection.onReceived = (received) => void this.#received(received);
  }

  /** Whether a test has it; a call is lent once, and ends with that test or goes back untouched. */
  get isLent(): boolean {
    return this.#return !== undefined;
  }

  /** Whether the connection is open at both ends, as far as is known here. */
  get isOpen(): boolean {
    const ended = this.history.facts.some(
      (fact) => fact.kind === 'event' && (fact.event === 'fin' || fact.event === 'reset'),
    );
    return this.connection.writable && !ended;
  }

  /** When the NCS ended it, by whatever means. */
  get endedByUs(): number | undefined {
    const ending = this.history.facts.find(
      (fact) => fact.kind === 'act' && ['half-close', 'close', 'abort', 'vanish'].includes(fact.act),
    );
    return ending?.us;
  }

  /** Lends the connection to a test: what happens on it from now on stands in that test's history too. */
  lend(history: History): Connection {
    const { name, tuple } = this.connection;
    const ends = tuple && `${tuple.remote.address}:${tuple.remote.port} to our port ${tuple.local.port}`;
    history.record({ kind: 'event', connection: name, event: 'accepted', ...(ends && { detail: ends }) });
    this.#return = this.history.subscribe((fact) => void history.record(fact));
    return this.connection;
  }

  /** Takes the connection back from a test. One that the test has ended, or the device, ends now. */
  takeBack(): void {
    this.#return?.();
    this.#return = undefined;
    if (!this.isOpen) this.connection.discard();
  }

  async #received(received: Received): Promise<void> {
    this.#messages += 1;
    if (this.#messages > MOST_MESSAGES) return this.connection.close();
    if (this.#isLoop(received)) return;
    const answer = received.request === undefined ? this.#options.answer(received, this) : undefined;
    if (!answer) return;
    if (answer.delayMs !== undefined) await pause(answer.delayMs, undefined, { ref: false });
    await this.#send(answer.body, received);
  }

  /** Whether the device answers our answers, which would go on for ever if we answered those. */
  #isLoop({ message: { messageID, name } }: Received): boolean {
    const key = messageID === undefined ? undefined : `${name} ${messageID}`;
    this.#repeats = key !== undefined && key === this.#last ? this.#repeats + 1 : 0;
    this.#last = key;
    if (this.#repeats === MOST_REPEATS) {
      const text = `${name} with messageID ${messageID} came ${MOST_REPEATS + 1} times; it is no longer answered`;
      this.history.record({ kind: 'note', connection: this.connection.name, about: 'device', text });
    }
    return this.#repeats >= MOST_REPEATS;
  }

  async #send(body: MosElement, { message }: Received): Promise<void> {
    if (!this.connection.writable) return;
    const { mosId, ncsId } = this.#options.identity;
    const { messageID, encoding } = message;
    const bytes = encodeMessage(
      { mosID: mosId, ncsID: ncsId, ...(messageID !== undefined && { messageID }), body },
      encoding,
    );
    this.history.record({
      kind: 'message',
      connection: this.connection.name,
      direction: 'sent',
      name: body.name,
      bytes: bytes.length,
      encoding,
      text: serialize(body).slice(0, TEXT_LIMIT),
      ...(messageID !== undefined && { messageID, answers: messageID }),
    });
    await this.connection.send(bytes);
  }
}
