import { ELEMENTS } from '../../wire/tables.ts';
import type { MosElement } from '../../wire/types.ts';
import { family, ignores, loses } from './shapes.ts';

/** Faults of understanding what stands in a message. */
export const READING = family({
  'breaks-on-unknown-tag': ignores(({ body }) => body?.children.some(holdsUnknown) ?? false),
  'breaks-on-empty-element': loses((text) => /<([\w:.-]+)><\/\1>/.test(text)),
  'breaks-on-references': loses((text) => text.includes('&')),
  'breaks-on-non-ascii': loses((text) => /[^\p{ASCII}]/u.test(text)),
});

function holdsUnknown(element: MosElement): boolean {
  return !ELEMENTS.has(element.name) || element.children.some(holdsUnknown);
}
