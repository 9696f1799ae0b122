import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An expansion stops here: the device is to show the fault, not to fall over it. */
const LONGEST = 1024 * 1024;

/** Most of a file that an external entity brings in, in characters. */
const LONGEST_FILE = 4 * 1024;

/** Deeper entities are left as they are; one that names itself ends here, too. */
const DEEPEST = 32;

/**
 * Expands what a document type declaration declares, as a careless XML reader does, and takes the declaration away.
 * External entities are read from the temporary folder only, so that the fault opens no real hole.
 */
export function expandEntities(document: string): string {
  const doctype = /<!DOCTYPE[^[>]*(?:\[([\s\S]*?)\]\s*)?>/.exec(document);
  if (!doctype) return document;
  const values = declared(doctype[1] ?? '');
  const rest = document.slice(0, doctype.index) + document.slice(doctype.index + doctype[0].length);
  let left = LONGEST;
  const expand = (text: string, depth: number): string =>
    text.replace(/&([A-Za-z_][\w.-]*);/g, (reference, name: string) => {
      const value = values.get(name);
      if (value === undefined) return reference;
      if (depth >= DEEPEST || left <= 0) return '';
      left -= value.length;
      return expand(value, depth + 1);
    });
  return expand(rest, 0);
}

function declared(subset: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const match of subset.matchAll(
    /<!ENTITY\s+([\w.-]+)\s+(?:(?:SYSTEM\s+|PUBLIC\s+(?:"[^"]*"|'[^']*')\s+)("[^"]*"|'[^']*')|("[^"]*"|'[^']*'))\s*>/g,
  )) {
    const [, name = '', address, text] = match;
    values.set(name, address === undefined ? unquoted(text) : contentOf(unquoted(address)));
  }
  return values;
}

function unquoted(text = ''): string {
  return text.slice(1, -1);
}

function contentOf(address: string): string {
  try {
    const path = fileURLToPath(address);
    if (!join(path).startsWith(tmpdir() + sep)) return '';
    const content = readFileSync(path, 'utf8').slice(0, LONGEST_FILE);
    return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  } catch {
    return '';
  }
}
