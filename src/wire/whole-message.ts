import { encodeText, isWide } from './encoding.ts';
import type { Encoding } from './types.ts';

const ZERO = 0x30;
const NINE = 0x39;

/** Digits of the largest messageID (MOS 2.8.5 section 4.1.6). */
const MOST_DIGITS = 10;

/**
 * Reads the messageID of a message that came whole, by itself and in its plainest form, at a small part of the cost
 * of the framer and the decoder. Says nothing of any other bytes: those have to be framed and decoded.
 */
export class WholeMessages {
  readonly encoding: Encoding;
  readonly #stride: number;
  /** Where in a character its lower byte stands. */
  readonly #low: number;
  readonly #start: Buffer;
  readonly #end: Buffer;
  readonly #aside: Buffer;
  readonly #messageID: Buffer;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
    this.#stride = isWide(encoding) ? 2 : 1;
    this.#low = encoding === 'ucs-2be' ? 1 : 0;
    this.#start = encodeText('<mos>', encoding);
    this.#end = encodeText('</mos>', encoding);
    this.#aside = encodeText('<!', encoding);
    this.#messageID = encodeText('<messageID>', encoding);
  }

  /**
   * The messageID in bytes that are one message from `<mos>` to `</mos>`, with nothing before, behind or nested, no
   * comment and no CDATA; undefined for everything else.
   */
  messageNumber(bytes: Buffer): number | undefined {
    if (bytes.indexOf(this.#end) !== bytes.length - this.#end.length) return undefined;
    if (bytes.lastIndexOf(this.#start) !== 0 || bytes.includes(this.#aside)) return undefined;
    const at = bytes.indexOf(this.#messageID);
    return at < 0 || at % this.#stride !== 0 ? undefined : this.#digits(bytes, at + this.#messageID.length);
  }

  /** The number that stands before the next tag. */
  #digits(bytes: Buffer, from: number): number | undefined {
    let number = 0;
    for (let digit = 0; digit <= MOST_DIGITS; digit += 1) {
      const at = from + digit * this.#stride;
      const unit = bytes[at + this.#low] ?? 0;
      const high = this.#stride === 1 ? 0 : (bytes[at + 1 - this.#low] ?? 0);
      if (high !== 0) return undefined;
      if (unit < ZERO || unit > NINE) return unit === 0x3c && digit > 0 ? number : undefined;
      number = number * 10 + unit - ZERO;
    }
    return undefined;
  }
}
