import type { Libc } from './libc.ts';

/** Architectures whose `struct mmsghdr` is laid out as below. */
const KNOWN = ['x64', 'arm64', 'riscv64', 'loong64'];

/** Offsets in `struct mmsghdr` and `struct iovec` of 64 bits, in bytes. */
const HEADER = { vector: 16, vectors: 24, flags: 48, length: 56, size: 64 };
const VECTOR = { base: 0, length: 8, size: 16 };

const MSG_TRUNC = 0x20;

/** Room for several datagrams, filled by one call: each of them in a place of its own in one block of memory. */
export class Datagrams {
  readonly #libc: Libc;
  readonly #headers: DataView;
  readonly #headerBytes: Uint8Array;
  /** The kernel writes here: it lives as long as the headers that point to it. */
  readonly #vectors: Uint8Array;
  readonly #memory: Uint8Array;
  readonly #room: number;

  private constructor(libc: Libc, memory: Uint8Array, room: number) {
    const count = Math.floor(memory.byteLength / room);
    this.#libc = libc;
    this.#memory = memory;
    this.#room = room;
    this.#headerBytes = new Uint8Array(new ArrayBuffer(count * HEADER.size));
    this.#headers = new DataView(this.#headerBytes.buffer);
    this.#vectors = new Uint8Array(new ArrayBuffer(count * VECTOR.size));
    const vectors = new DataView(this.#vectors.buffer);
    const memoryAt = libc.addressOf(memory);
    const vectorsAt = libc.addressOf(this.#vectors);
    for (let index = 0; index < count; index++) {
      const vector = index * VECTOR.size;
      vectors.setBigUint64(vector + VECTOR.base, memoryAt + BigInt(index * room), true);
      vectors.setBigUint64(vector + VECTOR.length, BigInt(room), true);
      this.#headers.setBigUint64(index * HEADER.size + HEADER.vector, vectorsAt + BigInt(vector), true);
      this.#headers.setBigUint64(index * HEADER.size + HEADER.vectors, 1n, true);
    }
  }

  /**
   * Divides memory into places of `room` bytes; undefined on a machine whose structures are not known here.
   * @param memory a block of its own, which is not moved
   */
  static over(libc: Libc, memory: Uint8Array, room: number): Datagrams | undefined {
    return KNOWN.includes(process.arch) ? new Datagrams(libc, memory, room) : undefined;
  }

  /** How many datagrams one call can bring. */
  get most(): number {
    return Math.floor(this.#memory.byteLength / this.#room);
  }

  /** Reads at most `count` datagrams; answers how many came, or the negative errno. */
  receive(fd: number, count: number, flags: number): number {
    return this.#libc.receiveMany(fd, this.#headerBytes, Math.min(count, this.most), flags);
  }

  /** Where in the memory the datagram with this index starts. */
  startOf(index: number): number {
    return index * this.#room;
  }

  /** How many bytes of it there are; undefined where there was no room for all of them. */
  lengthOf(index: number): number | undefined {
    const at = index * HEADER.size;
    if (this.#headers.getUint32(at + HEADER.flags, true) & MSG_TRUNC) return undefined;
    return this.#headers.getUint32(at + HEADER.length, true);
  }
}
