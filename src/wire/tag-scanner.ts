import { AsideScanner } from './aside-scanner.ts';
import type { Encoding } from './types.ts';

/**
 * What stopped a scan: nothing (more bytes are needed), the end of the root, the start tag of the next message before
 * this one had ended, or something before the root that can stand before no root.
 */
export type ScanOutcome = 'more' | 'closed' | 'next-message' | 'no-message';

/*
 *   TEXT -> OPEN -> NAME -> TAG (QUOTED, SLASH) -> TEXT     <name attribute="..."> and <name/>
 *               \-> END_NAME -> END_TAIL -> TEXT            </name>
 *               \-> ASIDE -> TEXT                           comment, CDATA, instruction, declaration
 */
const TEXT = 0;
const OPEN = 1;
const NAME = 2;
const TAG = 3;
const QUOTED = 4;
const SLASH = 5;
const END_NAME = 6;
const END_TAIL = 7;
const ASIDE = 8;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH_UNIT = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

/** Longer names are told apart by their beginning and their length. */
const NAME_LIMIT = 32;
const MOS = unitsOf('mos');
/** A whole MOS document may stand inside these (MOS 2.8.5 section 4.1.4); elsewhere `<mos>` is the next message. */
const OPAQUE = [unitsOf('mosPayload'), unitsOf('mosAbstract')];

/**
 * Finds the end tag that closes the root of one XML document, on bytes and in constant work per byte. Tags that bear
 * the root's name are balanced, all others only stepped over: a message that is not well formed inside still ends
 * where its root does.
 */
export class TagScanner {
  /** Offset in the stream of the `<` of the tag under way, or of the last one. */
  tagStart = 0;
  /** Offset behind the last character that {@link scan} looked at. */
  position = 0;
  /** Bytes of one code unit. */
  readonly stride: number;

  readonly #low: number;
  readonly #high: number;
  readonly #mask: number;
  readonly #aside = new AsideScanner();
  readonly #name = new Uint16Array(NAME_LIMIT);
  #nameLength = 0;
  #state = TEXT;
  #quote = 0;
  #root: Uint16Array | undefined;
  #rootLength = 0;
  /** Open elements with the root's name. */
  #rootDepth = 0;
  /** Open elements that may hold a MOS document. */
  #opaqueDepth = 0;

  constructor(encoding: Encoding) {
    this.stride = encoding === 'utf-8' ? 1 : 2;
    this.#low = encoding === 'ucs-2be' ? 1 : 0;
    this.#high = encoding === 'ucs-2le' ? 1 : 0;
    this.#mask = encoding === 'utf-8' ? 0 : 0xff;
  }

  /** Whether the tag under way may still turn out to start the next message. */
  get mayBeNextMessage(): boolean {
    return this.#state === OPEN || (this.#state === NAME && this.#nameLength <= MOS.length);
  }

  /**
   * Looks at the characters between two offsets of the stream and stops behind the one that decides something.
   * @param base offset of the first byte of `bytes`
   * @param to offset behind the last byte; a character that is not complete is left for the next call
   */
  scan(bytes: Buffer, base: number, from: number, to: number): ScanOutcome {
    const { stride } = this;
    const low = this.#low;
    const high = this.#high;
    const mask = this.#mask;
    const limit = to - base - stride;
    let index = from - base;
    let state = this.#state;
    let outcome: ScanOutcome = 'more';
    while (index <= limit && outcome === 'more') {
      if (state === TEXT && this.#root !== undefined) {
        while (index <= limit && bytes[index + low] !== LESS) index += stride;
        if (index > limit) break;
      } else if (state === NAME || state === END_NAME) {
        index = this.#readName(bytes, index, limit);
        if (index > limit) break;
      }
      const unit = (bytes[index + low] as number) | (((bytes[index + high] as number) & mask) << 8);
      if (state === TEXT) {
        if (unit === LESS) {
          this.tagStart = base + index;
          state = OPEN;
        } else if (this.#root === undefined && !isBlank(unit)) outcome = 'no-message';
      } else if (state === NAME && this.#isNextMessage()) outcome = 'next-message';
      else if (unit === LESS && state !== ASIDE) {
        this.tagStart = base + index;
        state = OPEN;
      } else if (unit === GREATER && state !== QUOTED && state !== ASIDE) {
        outcome = this.#tagEnds(state);
        state = TEXT;
      } else state = this.#step(state, unit);
      index += stride;
    }
    this.#state = state;
    this.position = base + index;
    return outcome;
  }

  /** Takes in the units of a name; the result is the index of the unit behind it, beyond `limit` while it goes on. */
  #readName(bytes: Buffer, from: number, limit: number): number {
    const { stride } = this;
    const low = this.#low;
    const high = this.#high;
    const mask = this.#mask;
    const name = this.#name;
    let length = this.#nameLength;
    let index = from;
    for (; index <= limit; index += stride) {
      const unit = (bytes[index + low] as number) | (((bytes[index + high] as number) & mask) << 8);
      if (unit <= GREATER && !isNameUnit(unit)) break;
      if (length < NAME_LIMIT) name[length] = unit;
      length++;
    }
    this.#nameLength = length;
    return index;
  }

  /** The rarer steps; `<` and `>` of tags and the units of names never come here. */
  #step(state: number, unit: number): number {
    switch (state) {
      case OPEN:
        return this.#opens(unit);
      case NAME:
        return unit === SLASH_UNIT ? SLASH : TAG;
      case QUOTED:
        return unit === this.#quote ? TAG : QUOTED;
      case ASIDE:
        return this.#aside.step(unit) ? TEXT : ASIDE;
      case END_NAME:
      case END_TAIL:
        return END_TAIL;
      default:
        if (unit === SLASH_UNIT) return SLASH;
        if (unit !== DOUBLE_QUOTE && unit !== SINGLE_QUOTE) return TAG;
        this.#quote = unit;
        return QUOTED;
    }
  }

  #opens(unit: number): number {
    this.#nameLength = 0;
    if (unit === SLASH_UNIT) return END_NAME;
    if (unit === QUESTION || unit === BANG) {
      if (unit === BANG) this.#aside.startBang();
      else this.#aside.startInstruction();
      return ASIDE;
    }
    if (isBlank(unit)) return TEXT;
    this.#name[0] = unit;
    this.#nameLength = 1;
    return NAME;
  }

  #isNextMessage(): boolean {
    return this.#root !== undefined && this.#opaqueDepth === 0 && this.#isNamed(MOS, MOS.length);
  }

  #tagEnds(state: number): ScanOutcome {
    if (state === OPEN) return this.#root === undefined ? 'no-message' : 'more';
    if (state === END_NAME || state === END_TAIL) return this.#elementEnds();
    if (state === SLASH) return this.#root === undefined ? 'closed' : 'more';
    if (this.#root === undefined) {
      this.#root = this.#name.slice();
      this.#rootLength = this.#nameLength;
    }
    if (this.#isNamed(this.#root, this.#rootLength)) this.#rootDepth++;
    if (this.#isOpaque()) this.#opaqueDepth++;
    return 'more';
  }

  #elementEnds(): ScanOutcome {
    if (this.#root === undefined) return 'no-message';
    if (this.#opaqueDepth > 0 && this.#isOpaque()) this.#opaqueDepth--;
    if (!this.#isNamed(this.#root, this.#rootLength)) return 'more';
    return --this.#rootDepth === 0 ? 'closed' : 'more';
  }

  #isOpaque(): boolean {
    for (const name of OPAQUE) if (this.#isNamed(name, name.length)) return true;
    return false;
  }

  #isNamed(name: Uint16Array, length: number): boolean {
    if (length !== this.#nameLength) return false;
    const compared = Math.min(length, NAME_LIMIT);
    for (let index = 0; index < compared; index++) if (name[index] !== this.#name[index]) return false;
    return true;
  }
}

function unitsOf(name: string): Uint16Array {
  return Uint16Array.from(name, (character) => character.charCodeAt(0));
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function isNameUnit(unit: number): boolean {
  return unit !== GREATER && unit !== SLASH_UNIT && unit !== LESS && !isBlank(unit);
}
