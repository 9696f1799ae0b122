import { isUtf8 } from 'node:buffer';
import type { Encoding } from './types.ts';

const BYTE_ORDER_MARK = '\uFEFF';
const REPLACEMENT = '\uFFFD';
/** In unicode mode a surrogate matches only where it stands alone. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Nearly every text has no surrogate at all, which is told much faster. */
const SURROGATE = /[\ud800-\udfff]/;

/** Whether two bytes make a character. */
export function isWide(encoding: Encoding): boolean {
  return encoding !== 'utf-8';
}

/**
 * Writes text as it travels on the wire. UCS-2 keeps every code unit, lone surrogates included (MOS 2.8.5 section 2.1
 * knows no pairs); UTF-8 has no form for a lone surrogate and writes U+FFFD.
 * @param options.bom puts a byte order mark first, which MOS neither asks for nor forbids
 */
export function encodeText(text: string, encoding: Encoding, options: { bom?: boolean } = {}): Buffer {
  const whole = options.bom ? BYTE_ORDER_MARK + text : text;
  if (encoding === 'utf-8') return Buffer.from(whole, 'utf8');
  const bytes = Buffer.from(whole, 'utf16le');
  return encoding === 'ucs-2be' ? bytes.swap16() : bytes;
}

/**
 * Reads text from the wire without ever throwing: a leading byte order mark is dropped, a lone surrogate is kept,
 * a byte that belongs to no character becomes U+FFFD.
 */
export function decodeText(bytes: Buffer, encoding: Encoding): string {
  const text = decodeWithMark(bytes, encoding);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** {@link decodeText} that keeps a leading byte order mark. */
export function decodeWithMark(bytes: Buffer, encoding: Encoding): string {
  return encoding === 'utf-8' ? bytes.toString('utf8') : decodeWide(bytes, encoding);
}

function decodeWide(bytes: Buffer, encoding: Encoding): string {
  const whole = bytes.length - (bytes.length % 2);
  const even = bytes.subarray(0, whole);
  const text = (encoding === 'ucs-2be' ? Buffer.from(even).swap16() : even).toString('utf16le');
  return whole === bytes.length ? text : text + REPLACEMENT;
}

/**
 * {@link decodeText} of very many bytes of UCS-2, high byte first, an even number, which are overwritten. Where every
 * high byte is zero, as in most messages, the text takes half as much memory.
 */
export function decodeInPlace(bytes: Buffer): string {
  const { length } = bytes;
  let high = 0;
  for (let at = 0; at < length && high === 0; at += 2) high = bytes[at] as number;
  if (high !== 0) return decodeText(bytes.swap16(), 'ucs-2le');
  for (let at = 1; at < length; at += 2) bytes[at >> 1] = bytes[at] as number;
  return bytes.toString('latin1', 0, length / 2);
}

/** Whether the text holds half of a surrogate pair, which is no character of ISO 10646. */
export function hasLoneSurrogate(text: string): boolean {
  return SURROGATE.test(text) && LONE_SURROGATE.test(text);
}

/** Whether a byte is a space, tab, carriage return or line feed. */
export function isBlankByte(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/**
 * Tells the encoding from how a message begins, leading white space considered: a byte order mark, or where the zero
 * bytes stand. Undefined while the bytes do not suffice, or show nothing that could be MOS.
 */
export function detectEncoding(firstBytes: Buffer): Encoding | undefined {
  const [first, second, third] = firstBytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'ucs-2be';
  if (first === 0xff && second === 0xfe) return 'ucs-2le';
  let at = 0;
  while (isBlankByte(firstBytes[at] ?? 0) && isBlankByte(firstBytes[at + 1] ?? 0)) at++;
  const head = firstBytes[at];
  const next = firstBytes[at + 1];
  if (head === undefined || next === undefined) return undefined;
  if (head === 0) return next === 0 ? undefined : 'ucs-2be';
  if (next === 0) return 'ucs-2le';
  return head === 0x3c || isBlankByte(head) ? 'utf-8' : undefined;
}

/** The likeliest encoding of bytes that need not be XML: by {@link detectEncoding}, or by where zero bytes stand. */
export function guessEncoding(bytes: Buffer, otherwise: Encoding): Encoding {
  const detected = detectEncoding(bytes);
  if (detected) return detected;
  const looked = bytes.subarray(0, 1024);
  const even = looked.filter((byte, at) => byte === 0 && at % 2 === 0).length;
  const odd = looked.filter((byte, at) => byte === 0 && at % 2 === 1).length;
  if (even === odd || Math.max(even, odd) < looked.length / 4) return isUtf8(bytes) ? 'utf-8' : otherwise;
  return even > odd ? 'ucs-2be' : 'ucs-2le';
}
