const SMALLEST = 16 * 1024;
/** An idle store gives back more than this; as much of it is copied rather than given away. */
const KEPT_WHEN_IDLE = 256 * 1024;
/** A store that outgrows this is made as large as it may become: memory that is not written to costs nothing. */
const LARGE = 4 * 1024 * 1024;

/**
 * The bytes of a stream that are still needed, in one piece. Appending costs constant time per byte on average;
 * offsets count from the start of the stream and stay valid when the bytes move.
 */
export class ByteStore {
  readonly #most: number;
  /** The bytes; offset `o` of the stream stands at index `o - base`. */
  bytes = Buffer.allocUnsafeSlow(SMALLEST);
  /** Offset of the first byte of {@link bytes}. */
  base = 0;
  /** Offset of the first byte that is still needed. */
  start = 0;
  /** Offset behind the last byte. */
  end = 0;

  /** @param most bytes that may be needed at once, about */
  constructor(most = LARGE) {
    this.#most = most;
  }

  /** Adds bytes at the end; the caller may reuse its buffer. */
  append(chunk: Buffer): void {
    const used = this.end - this.base;
    if (used + chunk.length > this.bytes.length) this.#makeRoom(chunk.length);
    chunk.copy(this.bytes, this.end - this.base);
    this.end += chunk.length;
  }

  /** Gives up all bytes before an offset. */
  release(offset: number): void {
    this.start = offset;
    if (this.start < this.end) return;
    this.base = this.end;
    if (this.bytes.length > KEPT_WHEN_IDLE) this.bytes = Buffer.allocUnsafeSlow(SMALLEST);
  }

  /** The bytes between two offsets, in a buffer of their own. */
  copy(from: number, to: number): Buffer {
    return Buffer.from(this.bytes.subarray(from - this.base, to - this.base));
  }

  /** As {@link copy}, for bytes that are to be released: many of them are given away instead. */
  take(from: number, to: number): Buffer {
    if (to - from <= KEPT_WHEN_IDLE) return this.copy(from, to);
    const taken = this.bytes.subarray(from - this.base, to - this.base);
    const rest = this.bytes.subarray(to - this.base, this.end - this.base);
    this.bytes = Buffer.allocUnsafeSlow(Math.max(SMALLEST, rest.length * 2));
    this.bytes.set(rest, 0);
    this.base = to;
    this.start = to;
    return taken;
  }

  #makeRoom(more: number): void {
    const live = this.bytes.subarray(this.start - this.base, this.end - this.base);
    const needed = live.length + more;
    const tight = needed > this.bytes.length / 2;
    const room =
      needed > LARGE ? Math.max(this.#most + LARGE, needed + LARGE) : Math.max(SMALLEST, needed * 2);
    const target = tight ? Buffer.allocUnsafeSlow(room) : this.bytes;
    target.set(live, 0);
    this.bytes = target;
    this.base = this.start;
  }
}
