import { Duplex } from 'node:stream';
import type { Stream } from '../../src/ncs/network.ts';
import type { End } from './link.ts';

/** Where the two ends of a connection are said to be. */
export interface Ends {
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
}

/** The newsroom's end of a connection within this process. */
export class NcsEnd extends Duplex implements Stream {
  connecting = true;
  localAddress: string | undefined;
  localPort: number | undefined;
  remoteAddress: string | undefined;
  remotePort: number | undefined;
  #end: End | undefined;
  #isReset = false;

  constructor() {
    super({ allowHalfOpen: true });
  }

  /** The connection is up. */
  connected(end: End, ends: Ends): void {
    Object.assign(this, ends);
    this.connecting = false;
    this.#end = end;
    end.readBy({
      received: (bytes) => {
        if (!this.push(bytes)) end.pause();
      },
      finished: () => void this.push(null),
      reset: () => void this.destroy(errno('ECONNRESET')),
    });
    this.emit('connect');
    end.resume();
  }

  /** Nobody listens there. */
  refused(): void {
    this.destroy(errno('ECONNREFUSED'));
  }

  resetAndDestroy(): this {
    this.#isReset = true;
    return this.destroy();
  }

  override _read(): void {
    this.#end?.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (!this.#end?.write(bytes, done)) done(errno('EPIPE'));
  }

  override _final(done: () => void): void {
    this.#end?.finish();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // What was read and not consumed is lost with the descriptor, as if it had never been read.
    if (this.#isReset || this.readableLength > 0) this.#end?.reset();
    else this.#end?.close();
    done(error);
  }
}

function errno(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
