import { SaxesParser } from 'saxes';
import type { MosElement } from './types.ts';

/** Deeper elements are reported and dropped: no MOS message comes near this depth. */
export const MAX_DEPTH = 256;

/** After so many errors the rest is not worth reading, and reading it would cost more than the text is long. */
const MAX_ERRORS = 50;

/** What became of a text that should be one XML document. */
export interface ParsedXml {
  /** The root as far as it could be understood, present beside a problem wherever anything was. */
  root?: MosElement;
  /** The first thing that makes the text not well formed, in a sentence with line and column. */
  problem?: string;
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
  const parser = new SaxesParser({ position: true });
  const lines = new Map<MosElement, number>();
  const open: MosElement[] = [];
  let root: MosElement | undefined;
  let problem: string | undefined;
  let doctype: string | undefined;
  let tooDeep = 0;
  let startLine = 1;
  let errors = 0;

  const append = (piece: string): void => {
    const current = open.at(-1);
    if (!current || tooDeep > 0) return;
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
  parser.on('opentag', (tag) => {
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

  try {
    parser.write(text).close();
  } catch (error) {
    problem ??= describeError(error instanceof Error ? error.message : String(error));
  }
  for (const unclosed of open) settleMixed(unclosed);
  if (doctype !== undefined && /<!ENTITY/.test(doctype)) {
    problem = 'the document type declaration declares entities, which are not expanded';
  }
  return {
    ...(root && { root }),
    ...(problem !== undefined && { problem }),
    ...(doctype !== undefined && { doctype }),
    lines,
  };
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
