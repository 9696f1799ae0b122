import type { Receiver, Transport } from '../../src/device/transport.ts';
import type { End } from './link.ts';

/** The device's end of a connection within this process. */
export class DeviceEnd implements Transport {
  readonly peer: Transport['peer'];
  readonly #end: End;
  readonly #onGone: () => void;
  #receiver: Receiver | undefined;
  #isDeaf = false;
  #finReceived = false;
  #finished = false;
  #gone = false;

  /** @param onGone told when the connection is gone, before its receiver is */
  constructor(end: End, peer: Transport['peer'], onGone: () => void = () => {}) {
    this.peer = peer;
    this.#end = end;
    this.#onGone = onGone;
    end.readBy({
      received: (bytes) => this.#receiver?.received(bytes),
      finished: () => {
        this.#finReceived = true;
        this.#receiver?.finished();
        this.#goWhenDone();
      },
      reset: () => this.#wasReset(),
    });
  }

  get unsentBytes(): number {
    return this.#end.unsent;
  }

  attach(receiver: Receiver): void {
    this.#receiver = receiver;
  }

  resume(): void {
    if (!this.#isDeaf) this.#end.resume();
  }

  pause(): void {
    this.#end.pause();
  }

  neverReadAgain(): void {
    this.#isDeaf = true;
    this.#end.pause();
  }

  write(bytes: Buffer, taken: () => void): void {
    const done = (): void => {
      taken();
      this.#goWhenDone();
    };
    if (!this.#end.write(bytes, done)) setImmediate(() => this.#wasReset());
  }

  finish(): void {
    this.#finished = true;
    this.#end.finish();
    this.#goWhenDone();
  }

  drop(): void {
    this.#end.close();
    this.#go();
  }

  reset(): void {
    this.#end.reset();
    this.#go();
  }

  /** A connection that has ended both ways is closed once everything is sent. */
  #goWhenDone(): void {
    if (this.#finished && this.#finReceived && this.#end.unsent === 0) this.drop();
  }

  #wasReset(): void {
    if (this.#gone) return;
    this.#receiver?.reset();
    this.drop();
  }

  #go(): void {
    if (this.#gone) return;
    this.#gone = true;
    setImmediate(() => {
      this.#onGone();
      this.#receiver?.gone();
    });
  }
}
