import { guessEncoding, isBlankByte } from './encoding.ts';
import type { Encoding } from './types.ts';

const LESS_THAN = 0x3c;

/** The `<` of a message and how its characters are written. */
export interface MessageStart {
  /** Index of the first byte of the `<` character. */
  index: number;
  encoding: Encoding;
}

/** Where to look for the start of a message. */
export interface Search {
  bytes: Buffer;
  /** Index of the first byte that belongs to no message. */
  regionStart: number;
  /** Index from which on nothing has been looked at yet. */
  from: number;
  /** Index behind the last byte. */
  to: number;
  /** How earlier messages of the stream were written: decides between readings that the bytes leave open. */
  usual: Encoding | undefined;
}

/**
 * Finds the next place where markup can start, whatever stands before it. All three encodings are looked for at every
 * byte, so that junk of any length before a message loses none of it.
 * @returns the start, or the index from which to look again when more bytes have come
 */
export function findStart(search: Search): MessageStart | number {
  const { to } = search;
  const bytes = search.bytes.subarray(0, to);
  let at = bytes.indexOf(LESS_THAN, search.from);
  while (at >= 0) {
    const encoding = encodingAt(search, at);
    if (encoding === 'undecided') return at;
    if (encoding) return { index: encoding === 'ucs-2be' ? at - 1 : at, encoding };
    at = bytes.indexOf(LESS_THAN, at + 1);
  }
  return to;
}

/** In which encoding the byte 3C at an index is a `<` that opens markup. */
function encodingAt(search: Search, at: number): Encoding | 'undecided' | undefined {
  const { bytes, to, regionStart } = search;
  if (at + 1 >= to) return 'undecided';
  const next = bytes[at + 1] ?? 0;
  if (next !== 0) return opensMarkup(next) ? 'utf-8' : undefined;
  if (at + 2 >= to) return 'undecided';
  if (!opensMarkup(bytes[at + 2] ?? 0)) return undefined;
  const zeroBefore = at > regionStart && bytes[at - 1] === 0;
  return zeroBefore ? byteOrderAt(search, at) : 'ucs-2le';
}

/**
 * `00 3C 00 6D` reads as big endian from its first byte and as little endian from its second; only the end of the
 * message could tell. Little endian it is where all before it fits; the other reading never waits for a byte too many.
 */
function byteOrderAt({ bytes, regionStart, usual }: Search, at: number): Encoding {
  if (usual === 'ucs-2be' || (at - regionStart) % 2 === 1) return 'ucs-2be';
  const looked = Math.max(regionStart, at - 1024);
  return guessEncoding(bytes.subarray(looked, at), 'ucs-2be') === 'ucs-2le' ? 'ucs-2le' : 'ucs-2be';
}

/** A letter of a name, `_`, `:`, or the `?` and `!` of what may stand before a root. */
function opensMarkup(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || byte === 0x5f || byte === 0x3a || byte === 0x3f || byte === 0x21;
}

/** Whether bytes hold nothing but white space and zeros: fillers that are no text in any encoding. */
export function isFiller(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0 || isBlankByte(byte));
}
