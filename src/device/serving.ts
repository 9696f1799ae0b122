import { isAnswerTo } from '../wire/answers.ts';
import { decodeFrame } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { Framer } from '../wire/framer.ts';
import type { DecodedMessage, Frame } from '../wire/types.ts';
import { answerTo } from './answers.ts';
import { type Behaviour, type Exchange, nest } from './behaviour.ts';
import type { Connection } from './connection.ts';
import type { Host } from './host.ts';

/** Messages that may wait on one connection before the device stops reading from it for a while. */
const QUEUE_LIMIT = 64;

/** Bytes after a message above which nobody looks whether they are white space. */
const MOST_WHITE_SPACE = 4096;

/** Unsent bytes of one connection above which the device reads no more requests from it. */
const UNSENT_LIMIT = 1024 * 1024;

/**
 * Serves one connection: cuts what is read into messages, answers them one after the other in the order in which
 * they came, and closes after the newsroom's FIN once all are answered.
 */
export class Serving {
  readonly #device: Host;
  readonly #connection: Connection;
  readonly #behaviours: readonly Behaviour[];
  #framer = new Framer();
  #sinceFrame = 0;
  #queue: DecodedMessage[] = [];
  #busy = false;
  #advancing = false;
  #finishWhenIdle = false;
  #started = false;
  #paused = false;

  constructor(device: Host, connection: Connection) {
    this.#device = device;
    this.#connection = connection;
    this.#behaviours = device.behaviours;
    connection.forgetIncomplete = () => this.#forgetIncomplete();
  }

  /** Begins to read. */
  start(): void {
    if (this.#connection.closed || this.#connection.released) return;
    this.#started = true;
    for (const behaviour of this.#behaviours) behaviour.opened?.(this.#connection);
    if (!this.#connection.deaf) this.#connection.transport.resume();
  }

  /** Bytes came, as one read delivered them. */
  received(chunk: Buffer): void {
    const connection = this.#connection;
    if (!this.#started || connection.released || connection.deaf) return;
    let bytes = chunk;
    for (const behaviour of this.#behaviours) bytes = behaviour.read?.(connection, bytes) ?? bytes;
    let frames: readonly Frame[] = this.#framer.push(bytes);
    this.#sinceFrame = frames.length > 0 ? 0 : this.#sinceFrame + bytes.length;
    connection.incomplete = this.#hasBegun();
    for (const behaviour of this.#behaviours) frames = behaviour.framed?.(connection, frames) ?? frames;
    if (this.#sinceFrame > this.#device.settings.messageLimit) {
      connection.drop();
      return;
    }
    for (const frame of frames) this.#queue.push(decodeFrame(frame));
    connection.received += frames.length;
    connection.unanswered += frames.length;
    this.#device.counted.messages += frames.length;
    this.#advance();
    this.#regulate();
  }

  /** The newsroom's FIN came. */
  finished(): void {
    if (!this.#started) return;
    this.#connection.finReceived = true;
    nest(
      this.#behaviours,
      (behaviour, next) => (behaviour.fin ? behaviour.fin(this.#connection, next) : next()),
      () => {
        this.#finishWhenIdle = true;
        this.#advance();
      },
    );
  }

  /** White space after a message is no begin of the next. */
  #hasBegun(): boolean {
    const { pendingBytes } = this.#framer;
    return pendingBytes > MOST_WHITE_SPACE || (pendingBytes > 0 && this.#framer.pendingText.trim() !== '');
  }

  #forgetIncomplete(): void {
    this.#framer = new Framer();
    this.#sinceFrame = 0;
    this.#connection.incomplete = false;
  }

  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    for (let next = this.#next(); next; next = this.#next()) this.#handle(next);
    this.#advancing = false;
    if (!this.#busy && this.#finishWhenIdle) this.#connection.finish();
  }

  #next(): DecodedMessage | undefined {
    if (this.#busy || this.#connection.closed) return undefined;
    return this.#queue.shift();
  }

  #handle(message: DecodedMessage): void {
    this.#busy = true;
    const done = (): void => {
      if (!this.#busy) return;
      this.#busy = false;
      this.#connection.unanswered--;
      this.#advance();
      this.#regulate();
    };
    const { answersAnswers } = this.#device.settings;
    if (this.#isAwaited(message) && !answersAnswers.has(message.name)) return done();
    nest(
      this.#behaviours,
      (behaviour, next) =>
        behaviour.message ? behaviour.message(this.#connection, message, next, done) : next(),
      () => this.#answer(message, done),
    );
  }

  /** Whether this is the answer to a request of our own; tells whoever waits for it. */
  #isAwaited(message: DecodedMessage): boolean {
    const { awaited } = this.#connection;
    if (!awaited) return false;
    if (isAnswerTo(awaited.request, message.name) === 'other') return false;
    if (message.messageID !== undefined && message.messageNumber !== awaited.messageID) return false;
    this.#connection.awaited = undefined;
    awaited.resolve(message);
    return true;
  }

  #answer(request: DecodedMessage, done: () => void): void {
    const answer = answerTo(request, this.#connection, this.#device);
    if (!answer) return done();
    const exchange: Exchange = {
      connection: this.#connection,
      request,
      answer,
      form: {},
      via: this.#connection,
      copies: 1,
    };
    nest(
      this.#behaviours,
      (behaviour, next) => (behaviour.answer ? behaviour.answer(exchange, next, done) : next()),
      () => {
        this.#send(exchange);
        done();
      },
    );
  }

  #send(exchange: Exchange): void {
    let bytes = encodeMessage(exchange.answer, this.#device.settings.encoding, exchange.form);
    for (const behaviour of this.#behaviours) bytes = behaviour.encode?.(exchange, bytes) ?? bytes;
    const { via } = exchange;
    for (let copy = 0; copy < exchange.copies; copy++) {
      via.send(bytes, () => {
        for (const behaviour of this.#behaviours) behaviour.flushed?.(via);
        this.#regulate();
      });
    }
    for (const behaviour of this.#behaviours) behaviour.sent?.(exchange);
  }

  /** Stops reading while too much waits to be answered or to be sent. */
  #regulate(): void {
    const { transport, unsentBytes, deaf, closed } = this.#connection;
    if (deaf || closed) return;
    const full = this.#queue.length > QUEUE_LIMIT || unsentBytes > UNSENT_LIMIT;
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) transport.pause();
    else transport.resume();
  }
}
