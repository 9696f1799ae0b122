import { DtdValidator, ParseOption, XmlDocument, XmlDtd, XmlValidateError } from 'libxml2-wasm';
import { dtdText } from './dtd.ts';
import type { Revision } from './revision.ts';
import type { MosElement } from './types.ts';
import { serialize } from './xml.ts';

/** A violation of the DTD, in the words of libxml2. */
export interface DtdViolation {
  about: MosElement;
  text: string;
}

/** Nothing is loaded from anywhere; the text is our own, so that its size needs no guard. */
const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_BIG_LINES;

const validators = new Map<Revision, DtdValidator>();

function validatorFor(revision: Revision): DtdValidator {
  const known = validators.get(revision);
  if (known) return known;
  const made = new DtdValidator(XmlDtd.fromString(dtdText(revision)));
  validators.set(revision, made);
  return made;
}

/**
 * Judges a tree by the DTD of a revision, in process. libxml2 never sees what came from the wire: the tree is written
 * anew, one element a line, with placeholders for its text, so that the line of a violation names its element.
 */
export function checkDtd(tree: MosElement, revision: Revision): DtdViolation[] {
  const byLine: MosElement[] = [];
  const skeleton = skeletonOf(tree, byLine);
  const document = XmlDocument.fromString(skeleton, { option: OPTIONS });
  try {
    validatorFor(revision).validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message, line }) => ({
      about: byLine[line - 2] ?? tree,
      text: message.trim().slice(0, 500),
    }));
  } finally {
    document.dispose();
  }
}

/** The line break stands inside the start tag, where it is no content: the nth element ends its start tag on line n+1. */
function skeletonOf(node: MosElement, byLine: MosElement[]): string {
  byLine.push(node);
  const open = serialize({ name: node.name, attributes: node.attributes, children: [], text: '' });
  const start = open.slice(0, -2).replace(node.name, () => `${node.name}\n`);
  const text = node.text.trim() === '' ? '' : 'x';
  return `${start}>${text}${node.children.map((child) => skeletonOf(child, byLine)).join('')}</${node.name}>`;
}
