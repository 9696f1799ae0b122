import type { WireFinding } from '../history/facts.ts';
import { ByteStore } from './byte-store.ts';
import { decodeText, encodeText, guessEncoding, isWide } from './encoding.ts';
import { encodingFindings, quote, readGap } from './frame-findings.ts';
import type { Gap } from './frame-findings.ts';
import { findStart, isFiller } from './message-start.ts';
import { TagScanner } from './tag-scanner.ts';
import type { Encoding, Frame } from './types.ts';

/** Messages of more bytes are given up unless told: far above any running order, far below what would endanger the harness. */
export const MESSAGE_SIZE = 64 * 1024 * 1024;
/** As much is kept, for the report, of a message that is too long and of text that is no message. */
const KEPT = 64 * 1024;
const NO_GAP: Gap = { findings: [] };

/** What a framer is told beforehand. */
export interface FramerOptions {
  /** The encoding that the device declared, `ucs-2be` by default; every other one is a finding. */
  expect?: Encoding;
  /** Bytes above which a message is too long. */
  maxBytes?: number;
  /** Asked again and again whether so many bytes of the message under way may be held; it is too long where not. */
  mayHold?: (bytes: number) => boolean;
}

/**
 * Cuts one direction of a TCP stream into MOS messages (MOS 2.8.5 section 2.1: a message is one `mos` element, nothing
 * stands between two of them but white space). Takes any split of the stream, in constant work per byte, and holds no
 * more than the message under way. A root of another name is delivered like a message: what a device says is never
 * lost. What kept a frame from being a whole message is a finding: `cut-off`, `too-long`, `not-read` or `no-markup`.
 */
export class Framer {
  readonly #expect: Encoding;
  readonly #maxBytes: number;
  readonly #mayHold: (bytes: number) => boolean;
  readonly #store: ByteStore;
  /** Offset behind the last message. */
  #gapStart = 0;
  /** The first bytes of a gap that is too long to be kept. */
  #gapHead: Buffer | undefined;
  #gapIsFiller = true;
  /** Offset from which on nothing was looked at yet. */
  #position = 0;
  /** Scans the message under way; absent between messages. */
  #scanner: TagScanner | undefined;
  #frameStart = 0;
  #gap: Gap = NO_GAP;
  #encoding: Encoding;
  /** The encoding of the message before. */
  #usual: Encoding | undefined;
  /** The head of a message that is too long was delivered; its rest is dropped. */
  #skipping = false;

  constructor(options: FramerOptions = {}) {
    this.#expect = options.expect ?? 'ucs-2be';
    this.#encoding = this.#expect;
    this.#maxBytes = options.maxBytes ?? MESSAGE_SIZE;
    this.#mayHold = options.mayHold ?? (() => true);
    this.#store = new ByteStore(this.#maxBytes);
  }

  /** Bytes of something that has begun and not ended; 0 between messages, white space included. */
  get pendingBytes(): number {
    return this.#scanner === undefined && this.#gapIsFiller ? 0 : this.#store.end - this.#gapStart;
  }

  /** What has begun and not ended, decoded for a person, as far as it is kept (64 KiB). */
  get pendingText(): string {
    const bytes = this.#gapBytes(Math.min(this.#store.end, this.#store.start + KEPT));
    return decodeText(bytes, this.#scanner ? this.#encoding : guessEncoding(bytes, this.#expect));
  }

  /** Takes what was read from the socket; the result holds the messages that it completed, in order. */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    this.#store.append(chunk);
    while (this.#scanner ? this.#scan(this.#scanner, frames) : this.#seek());
    if (this.#scanner) this.#boundMessage(this.#scanner, frames);
    else this.#boundGap();
    return frames;
  }

  /** The stream has ended: what remains, where it is more than white space, is one frame that is no whole message. */
  end(): Frame[] {
    const frames: Frame[] = [];
    const { end } = this.#store;
    if (this.#scanner) this.#deliver(end, frames, 'cut-off');
    else this.#deliverJunk(end, frames);
    this.#startGap(end);
    return frames;
  }

  /** Looks for the next message; false when more bytes are needed. */
  #seek(): boolean {
    const { bytes, base, start, end } = this.#store;
    if (this.#gapIsFiller) this.#gapIsFiller = isFiller(bytes.subarray(this.#position - base, end - base));
    const found = findStart({
      bytes,
      regionStart: start - base,
      from: this.#position - base,
      to: end - base,
      usual: this.#usual,
    });
    if (typeof found === 'number') {
      this.#position = base + found;
      return false;
    }
    this.#frameStart = base + found.index;
    this.#gap = readGap(this.#gapBytes(this.#frameStart), found.encoding);
    this.#gapHead = undefined;
    this.#startFrame(this.#frameStart, found.encoding);
    return true;
  }

  /** Looks for the end of the message under way; false when more bytes are needed. */
  #scan(scanner: TagScanner, frames: Frame[]): boolean {
    const { bytes, base, end } = this.#store;
    const outcome = scanner.scan(bytes, base, this.#position, end);
    this.#position = scanner.position;
    if (outcome === 'closed') {
      this.#deliver(this.#position, frames);
      this.#usual = this.#encoding;
      this.#startGap(this.#position);
    } else if (outcome === 'next-message') {
      this.#deliver(scanner.tagStart, frames, 'cut-off');
      this.#gap = NO_GAP;
      this.#gapStart = scanner.tagStart;
      this.#startFrame(scanner.tagStart, this.#encoding);
    } else if (outcome === 'no-message') {
      this.#gapHead = this.#gap.junk === undefined ? undefined : encodeText(this.#gap.junk, this.#encoding);
      this.#gapIsFiller = false;
      this.#scanner = undefined;
    }
    return outcome !== 'more';
  }

  #startFrame(offset: number, encoding: Encoding): void {
    this.#store.release(offset);
    this.#frameStart = offset;
    this.#position = offset;
    this.#encoding = encoding;
    this.#scanner = new TagScanner(encoding);
    this.#skipping = false;
  }

  #startGap(offset: number): void {
    this.#store.release(offset);
    this.#gapStart = offset;
    this.#gapHead = undefined;
    this.#gapIsFiller = true;
    this.#position = offset;
    this.#scanner = undefined;
    this.#skipping = false;
  }

  #deliver(to: number, frames: Frame[], incomplete?: 'cut-off' | 'given up'): void {
    if (this.#skipping) return;
    const length = to - this.#frameStart;
    const tooLong = length > this.#maxBytes || incomplete === 'given up';
    const shown = tooLong ? Math.min(length, KEPT, this.#maxBytes & ~1) : length;
    const bytes = this.#store.take(this.#frameStart, this.#frameStart + shown);
    const findings = [
      ...encodingFindings(this.#encoding, this.#expect),
      ...this.#gap.findings,
      ...declarationFinding(bytes, this.#encoding),
    ];
    if (length > this.#maxBytes) findings.push(tooLongFinding(this.#maxBytes, shown));
    else if (tooLong) findings.push(noRoom(length, shown));
    else if (incomplete) findings.push(cutOff(bytes.length));
    const { junk } = this.#gap;
    frames.push({
      bytes,
      encoding: this.#encoding,
      ...(junk !== undefined && { junkBefore: junk }),
      findings,
    });
  }

  #deliverJunk(to: number, frames: Frame[]): void {
    const bytes = this.#gapBytes(to);
    if (isFiller(bytes)) return;
    const encoding = guessEncoding(bytes, this.#expect);
    const text = decodeText(bytes, encoding).trim();
    frames.push({
      bytes,
      encoding,
      findings: [
        { id: 'no-markup', text: `${to - this.#gapStart} bytes came that hold no XML: ${quote(text)}.` },
      ],
    });
  }

  /** Gives up a message that is too long: its head is delivered at once, its end still looked for. */
  #boundMessage(scanner: TagScanner, frames: Frame[]): void {
    const decided = scanner.mayBeNextMessage ? scanner.tagStart : this.#position;
    const length = decided - this.#frameStart;
    if (!this.#skipping && (length > this.#maxBytes || !this.#mayHold(length))) {
      this.#deliver(decided, frames, 'given up');
      this.#skipping = true;
    }
    if (this.#skipping) this.#store.release(decided);
  }

  /** Drops the middle of text that is no message; an even number of bytes, so that characters keep their places. */
  #boundGap(): void {
    const kept = this.#store.end - this.#store.start;
    if (kept <= KEPT) return;
    const dropped = (kept - 16) & ~1;
    this.#gapHead ??= this.#store.copy(this.#store.start, this.#store.start + KEPT / 2);
    this.#store.release(this.#store.start + dropped);
  }

  #gapBytes(to: number): Buffer {
    const tail = this.#store.copy(this.#store.start, to);
    return this.#gapHead ? Buffer.concat([this.#gapHead, tail]) : tail;
  }
}

function tooLongFinding(bytes: number, shown: number): WireFinding {
  return {
    id: 'too-long',
    text: `The message is longer than ${bytes} bytes, the most that is accepted; its first ${shown} were kept.`,
  };
}

/** What is said of a message that the device may send and that finds no room here. */
export function noRoom(bytes: number, shown: number): WireFinding {
  return {
    id: 'not-read',
    text: `A message of ${bytes} bytes or more finds no room beside those that came before it; its first ${shown} were kept.`,
  };
}

function cutOff(bytes: number): WireFinding {
  return { id: 'cut-off', text: `The message breaks off after ${bytes} bytes, before its root is closed.` };
}

function declarationFinding(bytes: Buffer, encoding: Encoding): WireFinding[] {
  const head = decodeText(bytes.subarray(0, isWide(encoding) ? 12 : 6), encoding);
  if (!/^<\?xml\s$/.test(head)) return [];
  return [
    { id: 'xml-declaration', text: 'The message begins with an XML declaration, which MOS does not use.' },
  ];
}

/** Whether a frame is no whole message: it breaks off, is too long, or holds no XML at all. */
export function isIncomplete(frame: Pick<Frame, 'findings'>): boolean {
  return frame.findings.some(({ id }) => ['cut-off', 'too-long', 'not-read', 'no-markup'].includes(id));
}
