import { SaxesParser } from 'saxes';
import type { MosElement } from './types.ts';

/** Deeper elements are reported and dropped: no MOS message comes near this depth. */
export const MAX_DEPTH = 256;

/** After so many errors the rest is not worth reading, and reading it would cost more than the text is long. */
const MAX_ERRORS = 50;

/**
 * Elements, attributes, references and other pieces of a text that are read: many times as many as the largest running
 * orders have, and as many as can be held without harm.
 */
export const MAX_PIECES = 250_000;

/** Characters that are read in one step. */
const STEP = 256 * 1024;

/** What begins like a reference and goes on for longer than any name. */
const ENDLESS_REFERENCE = /^&[^;<&\s]{256}/;

/** Characters behind the start of a document type declaration that are read: MOS has none. */
const AFTER_DOCTYPE = 1024 * 1024;

/** What became of a text that should be one XML document. */
export interface ParsedXml {
  /** The root as far as it could be understood, present beside a problem wherever anything was. */
  root?: MosElement;
  /** The first thing that makes the text not well formed, in a sentence with line and column. */
  problem?: string;
  /** Why the text was not read to its end, in a sentence: it is larger than is read, which is no fault of its form. */
  tooLong?: string;
  /** The text of a document type declaration. It is never acted upon. */
  doctype?: string;
  /** The line on which each element starts, counted from 1. */
  lines: ReadonlyMap<MosElement, number>;
}

/**
 * Reads one XML document tolerantly: after an error it goes on as well as it can, so that what is readable is not lost
 * with what is not. Entities other than the five of XML are never expanded, nothing is ever fetched.
 */
export function parseXml(text: string): ParsedXml {
  const steps = parseSteps(text);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Ends the reading of a text that has too many pieces. */
class TooLong extends Error {}

/** {@link parseXml} in steps, so that whoever reads a large text can do something else in between. */
export function* parseSteps(text: string): Generator<void, ParsedXml> {
  const parser = new SaxesParser({ position: true });
  const lines = new Map<MosElement, number>();
  const open: MosElement[] = [];
  let root: MosElement | undefined;
  let problem: string | undefined;
  let doctype: string | undefined;
  let tooDeep = 0;
  let startLine = 1;
  let errors = 0;
  let tooLong: string | undefined;
  let pieces = 0;

  const endWith = (reason: string): never => {
    tooLong = reason;
    throw new TooLong();
  };
  const count = (more: number): void => {
    pieces += more;
    if (pieces <= MAX_PIECES) return;
    endWith(
      `The message has more than ${MAX_PIECES} elements, attributes and references; those after them were not read.`,
    );
  };
  const append = (piece: string): void => {
    const current = open.at(-1);
    if (!current || tooDeep > 0) return;
    count(1);
    current.text += piece;
    if (current.children.length > 0 || current.mixed) (current.mixed ??= [...current.children]).push(piece);
  };

  parser.on('error', (error) => {
    problem ??= describeError(error.message);
    if (++errors >= MAX_ERRORS) throw new Error('too many errors');
  });
  parser.on('doctype', (declaration) => {
    doctype ??= declaration.trim();
  });
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('opentagstart', () => {
    // A name that ends in a line break is reported from the line after it.
    startLine = parser.column === 0 ? parser.line - 1 : parser.line;
  });
  parser.on('attribute', () => count(1));
  parser.on('opentag', (tag) => {
    count(1);
    if (root && open.length === 0) return;
    if (open.length >= MAX_DEPTH) {
      tooDeep++;
      problem ??= `line ${startLine}: elements are nested more than ${MAX_DEPTH} deep`;
      return;
    }
    const parent = open.at(-1);
    const made: MosElement = {
      name: tag.name,
      attributes: Object.fromEntries(Object.entries(tag.attributes)),
      children: [],
      text: '',
    };
    lines.set(made, startLine);
    if (parent) adopt(parent, made);
    else root = made;
    open.push(made);
  });
  parser.on('closetag', () => {
    if (tooDeep > 0) {
      tooDeep--;
      return;
    }
    const closed = open.pop();
    if (closed) settleMixed(closed);
  });

  const doctypeAt = text.indexOf('<!DOCTYPE');
  const doctypeEnd = doctypeAt < 0 ? text.length : doctypeAt + AFTER_DOCTYPE;
  try {
    for (let from = 0; from < text.length; from += STEP) {
      if (from > doctypeEnd)
        endWith(
          `A document type declaration stands in the message; what is more than ${AFTER_DOCTYPE} characters behind it was not read.`,
        );
      const piece = text.slice(from, from + STEP);
      count(joints(piece));
      parser.write(piece);
      if (from + STEP < text.length) yield;
    }
    parser.close();
  } catch (error) {
    if (!(error instanceof TooLong))
      problem ??= describeError(error instanceof Error ? error.message : String(error));
  }
  for (const unclosed of open) settleMixed(unclosed);
  if (doctype !== undefined && /<!ENTITY/.test(doctype)) {
    problem = 'the document type declaration declares entities, which are not expanded';
  }
  return {
    ...(root && { root }),
    ...(problem !== undefined && { problem }),
    ...(tooLong !== undefined && { tooLong }),
    ...(doctype !== undefined && { doctype }),
    lines,
  };
}

/**
 * How many pieces a text will be joined from because of its references and line ends.
 * @throws Error where what begins like a reference does not end: it would be read one character at a time
 */
function joints(text: string): number {
  let found = 0;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) found += 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    found += 1;
    if (ENDLESS_REFERENCE.test(text.slice(at, at + 300))) throw new Error('a reference does not end');
  }
  return found;
}

function adopt(parent: MosElement, made: MosElement): void {
  if (parent.mixed) parent.mixed.push(made);
  else if (parent.text !== '') parent.mixed = [parent.text, ...parent.children, made];
  parent.children.push(made);
}

/** White space between child elements is layout and is dropped; words between them keep their places. */
function settleMixed(closed: MosElement): void {
  if (closed.children.length > 0 && closed.text.trim() === '') closed.text = '';
  if (closed.mixed && closed.text === '') delete closed.mixed;
}

/** Turns `2:13: unclosed tag: x.` into a sentence of ours. */
function describeError(message: string): string {
  const parts = /^(\d+):(\d+): ([\s\S]*)$/.exec(message);
  if (!parts) return message;
  return `line ${parts[1]}, column ${parts[2]}: ${parts[3]?.replace(/\.$/, '')}`;
}
