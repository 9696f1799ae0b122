import type { WireFinding } from '../history/facts.ts';
import { decodeWithMark, guessEncoding, isWide } from './encoding.ts';
import { isFiller } from './message-start.ts';
import type { Encoding } from './types.ts';

const IN_WORDS: Readonly<Record<Encoding, string>> = {
  'ucs-2be': 'UCS-2, high byte first',
  'ucs-2le': 'UCS-2, low byte first',
  'utf-8': 'UTF-8',
};

const FINDING_OF: Readonly<Record<Encoding, string>> = {
  'ucs-2be': 'big-endian',
  'ucs-2le': 'little-endian',
  'utf-8': 'utf-8',
};

/** What a person sees of junk. */
const SHOWN = 200;

/** The deviation of a message's encoding from the one that MOS asks for, or that the device declared. */
export function encodingFindings(encoding: Encoding, expected: Encoding): WireFinding[] {
  if (encoding === expected) return [];
  const rule =
    expected === 'ucs-2be'
      ? 'MOS 2.x knows only UCS-2, high byte first (section 2.1)'
      : `${IN_WORDS[expected]} was declared`;
  return [{ id: FINDING_OF[encoding], text: `The message is written in ${IN_WORDS[encoding]}; ${rule}.` }];
}

/** What stood between two messages, and what is to be said about it. */
export interface Gap {
  /** Text that belongs to no message. */
  junk?: string;
  findings: WireFinding[];
}

/**
 * Judges the bytes between two messages: white space is fine, a byte order mark, single bytes and text are findings.
 * @param encoding of the message that follows
 */
export function readGap(bytes: Buffer, encoding: Encoding): Gap {
  if (bytes.length === 0) return { findings: [] };
  if (isFiller(bytes)) return { findings: isWhiteSpace(bytes, encoding) ? [] : [strayByte(bytes)] };
  const text = rawText(bytes, encoding);
  const junk = text.replaceAll('\uFEFF', '').trim();
  const findings: WireFinding[] = [];
  if (text.includes('\uFEFF')) {
    findings.push({ id: 'byte-order-mark', text: 'A byte order mark stands before the message.' });
  }
  if (junk === '') return { findings };
  findings.push({
    id: 'junk-before-message',
    text: `Text that belongs to no message stands before it: ${quote(junk)}.`,
  });
  return { junk, findings };
}

/** The start of a text as it is shown in a sentence. */
export function quote(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

function strayByte(bytes: Buffer): WireFinding {
  const shown = bytes.subarray(0, 8).toString('hex').replace(/../g, '$& ').trim();
  return {
    id: 'stray-byte',
    text: `Bytes that are no white space of its encoding stand before the message: ${shown}.`,
  };
}

function isWhiteSpace(bytes: Buffer, encoding: Encoding): boolean {
  return /^[ \t\r\n]*$/.test(decodeWithMark(bytes, encoding));
}

/** In UCS-2 the characters stand flush with the message that follows, so an odd byte is the first one. */
function rawText(bytes: Buffer, encoding: Encoding): string {
  const guessed = guessEncoding(bytes, encoding);
  const flush = isWide(encoding) && guessed === encoding ? bytes.subarray(bytes.length % 2) : bytes;
  return decodeWithMark(flush, guessed);
}
