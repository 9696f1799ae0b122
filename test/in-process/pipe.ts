/** Bytes that are on their way before a writer has to wait, as in the buffers of a kernel. */
const WINDOW = 256 * 1024;

/** Most bytes that come with one read. */
const MOST_AT_ONCE = 64 * 1024;

/** Who reads from a pipe. */
export interface PipeReader {
  received(bytes: Buffer): void;
  finished(): void;
  reset(): void;
}

/**
 * One direction of a connection. What is written before the reader's next turn of the event loop comes with one read,
 * and a FIN or a reset behind it in the same turn; while the reader is paused, everything stays here.
 */
export class Pipe {
  readonly #chunks: Buffer[] = [];
  readonly #writes: { end: number; taken: () => void }[] = [];
  #written = 0;
  #read = 0;
  #ending: 'fin' | 'reset' | undefined;
  #ended = false;
  #paused = true;
  #scheduled = false;
  #reader: PipeReader | undefined;

  /** Bytes that nobody has read. */
  get unread(): number {
    return this.#written - this.#read;
  }

  /** Bytes that found no room. */
  get unsent(): number {
    return Math.max(0, this.unread - WINDOW);
  }

  /** Whether a reset waits for the reader, or has reached it. */
  get isReset(): boolean {
    return this.#ending === 'reset';
  }

  readBy(reader: PipeReader): void {
    this.#reader = reader;
  }

  /** Adds bytes; `taken` is called, never at once, when there is room for all of them. */
  write(bytes: Buffer, taken: () => void): void {
    this.#written += bytes.length;
    this.#chunks.push(bytes);
    this.#writes.push({ end: this.#written, taken });
    this.#settle();
    this.#schedule();
  }

  /** Nothing follows what was written. */
  finish(): void {
    this.#ending ??= 'fin';
    this.#schedule();
  }

  /** The connection is reset. The reader learns it after what was written before; behind a FIN it reads no more. */
  abort(): void {
    this.#ending = 'reset';
    this.#schedule();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  /** Forgets the reader: what comes is never read. */
  close(): void {
    this.#reader = undefined;
    this.#chunks.length = 0;
    this.#writes.length = 0;
  }

  #settle(): void {
    for (let first = this.#writes[0]; first && first.end <= this.#read + WINDOW; first = this.#writes[0]) {
      this.#writes.shift();
      process.nextTick(first.taken);
    }
  }

  #schedule(): void {
    const nothing = this.unread === 0 && (this.#ended || this.#ending === undefined);
    if (this.#scheduled || this.#paused || nothing) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    if (this.#paused || !this.#reader) return;
    const bytes = this.#take();
    if (bytes.length > 0) this.#reader.received(bytes);
    if (this.unread > 0) return this.#schedule();
    if (this.#paused || this.#ended || this.#ending === undefined) return;
    this.#ended = true;
    if (this.#ending === 'fin') this.#reader?.finished();
    else this.#reader?.reset();
  }

  #take(): Buffer {
    const parts: Buffer[] = [];
    let room = MOST_AT_ONCE;
    for (let next = this.#chunks[0]; next && room > 0; next = this.#chunks[0]) {
      const part = next.subarray(0, room);
      if (part.length === next.length) this.#chunks.shift();
      else this.#chunks[0] = next.subarray(part.length);
      parts.push(part);
      room -= part.length;
    }
    this.#read += MOST_AT_ONCE - room;
    this.#settle();
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }
}
