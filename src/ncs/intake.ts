import { decodeSteps } from '../wire/decode.ts';
import { Framer, noRoom } from '../wire/framer.ts';
import type { DecodedMessage, Encoding, Frame } from '../wire/types.ts';
import { PER_MESSAGE, type Holdings } from './holdings.ts';

/** Bytes from which a message is read in steps, so that this process goes on meanwhile. */
const STEPPED = 256 * 1024;

/** ms after which reading many messages makes way for something else. */
const TURN_MS = 20;

/** ms for one read from the socket after which others get their turn: dozens of reads may be waiting. */
const LONG_MS = 5;

/** As much is kept of a message for which there is no room. */
const KEPT = 64 * 1024;

/** What an intake is made of. */
export interface IntakeOptions {
  expect: Encoding;
  /** Bytes of the largest message that is accepted. */
  messageSize: number;
  holdings: Holdings;
  /** Told of every message, in order. */
  deliver: (message: DecodedMessage) => void;
  /** Nothing more may be pushed while this is true. */
  onBusy: (busy: boolean) => void;
}

/**
 * Reads the messages out of what comes on one connection. Whatever a device sends, it holds no more than its test may,
 * and no message keeps this process busy for long: a large one is read in steps, and one that is too large, or one too
 * many, is a finding.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #framer: Framer;
  /** Bytes of the message under way for which room was taken. */
  #pending = 0;
  #queue: Frame[] = [];
  #isBusy = false;
  #isFlooded = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
    const { expect, messageSize } = options;
    this.#framer = new Framer({ expect, maxBytes: messageSize, mayHold: (bytes) => this.#hold(bytes) });
  }

  /** Bytes that came and belong to no complete message yet. */
  get pendingBytes(): number {
    return this.#isFlooded ? 0 : this.#framer.pendingBytes;
  }

  /** Whether more came than is kept, so that nothing is read any more. */
  get isFlooded(): boolean {
    return this.#isFlooded;
  }

  /**
   * Takes what was read from the socket.
   * @param onCounted called once the bytes are among {@link pendingBytes}, before the messages that they complete
   */
  push(chunk: Buffer, onCounted: () => void = () => undefined): void {
    const fromMs = performance.now();
    const frames = this.#isFlooded ? [] : this.#framer.push(chunk);
    onCounted();
    this.#enter(frames);
    if (!this.#isBusy && performance.now() - fromMs > LONG_MS) this.#goOnLater();
  }

  /** Takes what has begun and not ended for a message that breaks off. */
  end(): void {
    if (!this.#isFlooded) this.#enter(this.#framer.end());
  }

  #hold(bytes: number): boolean {
    const { holdings, messageSize } = this.#options;
    if (!holdings.take(bytes - this.#pending, messageSize)) return false;
    this.#pending = bytes;
    return true;
  }

  #enter(frames: Frame[]): void {
    if (frames.length > 0) this.#hold(0);
    this.#queue.push(...frames);
    if (!this.#isBusy) this.#work();
  }

  /** Delivers what is queued; stops at a large message until it is read, and when its turn is over. */
  #work(): void {
    const untilMs = performance.now() + TURN_MS;
    for (let frame = this.#queue.shift(); frame && !this.#isFlooded; frame = this.#queue.shift()) {
      const fitting = this.#fit(frame);
      const steps = decodeSteps(fitting);
      if (fitting.bytes.length >= STEPPED) return this.#stepThrough(steps);
      let step = steps.next();
      while (!step.done) step = steps.next();
      this.#options.deliver(step.value);
      if (this.#queue.length > 0 && performance.now() > untilMs) return this.#goOnLater();
    }
    this.#queue = [];
  }

  #stepThrough(steps: Generator<void, DecodedMessage>): void {
    this.#setBusy(true);
    const next = (): void => {
      const step = steps.next();
      if (!step.done) return void setImmediate(next);
      this.#options.deliver(step.value);
      this.#setBusy(false);
      this.#work();
    };
    setImmediate(next);
  }

  #goOnLater(): void {
    this.#setBusy(true);
    setImmediate(() => {
      this.#setBusy(false);
      this.#work();
    });
  }

  #setBusy(busy: boolean): void {
    this.#isBusy = busy;
    this.#options.onBusy(busy);
  }

  /** A frame for which there is room; its head, or the last one, where there is none. */
  #fit(frame: Frame): Frame {
    const { holdings, messageSize } = this.#options;
    const { length } = frame.bytes;
    if (holdings.take(length + PER_MESSAGE, messageSize)) return frame;
    if (length > KEPT && holdings.take(KEPT + PER_MESSAGE, messageSize)) {
      return {
        ...frame,
        bytes: Buffer.from(frame.bytes.subarray(0, KEPT)),
        findings: [...frame.findings, noRoom(length, KEPT)],
      };
    }
    this.#isFlooded = true;
    const text = 'So many messages came that those after this one were not read.';
    return {
      ...frame,
      bytes: Buffer.from(frame.bytes.subarray(0, KEPT)),
      findings: [...frame.findings, { id: 'too-many', text }],
    };
  }
}
