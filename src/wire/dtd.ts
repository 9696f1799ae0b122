import { isMessageName } from './message-names.ts';
import { isSince, type Revision } from './revision.ts';
import { readPart } from './table-model.ts';
import type { Choice, ElementModel, Part } from './table-model.ts';
import { ELEMENTS } from './tables.ts';

/**
 * The DTD of a revision of MOS, in our own writing, made from the tables: it has the messages that the tables know and
 * is as wide as the contradictions of the specification demand.
 */
export function dtdText(revision: Revision): string {
  const lines: string[] = [];
  for (const [name, model] of ELEMENTS) {
    lines.push(`<!ELEMENT ${name} ${contentOf(model, revision)}>`);
    for (const [attribute, { values, requiredSince }] of Object.entries(model.attributes ?? {})) {
      const type = values ? `(${values.join('|')})` : 'CDATA';
      const required = requiredSince !== undefined && isSince(revision, requiredSince);
      lines.push(`<!ATTLIST ${name} ${attribute} ${type} ${required ? '#REQUIRED' : '#IMPLIED'}>`);
    }
  }
  return lines.join('\n') + '\n';
}

function contentOf(model: ElementModel, revision: Revision): string {
  if (model.any) return 'ANY';
  if (model.text !== undefined) return '(#PCDATA)';
  if (model.mixed) return model.mixed.length === 0 ? '(#PCDATA)' : `(#PCDATA|${model.mixed.join('|')})*`;
  const parts = (model.children ?? []).map((part) => particle(part, revision));
  return parts.length === 0 ? 'EMPTY' : `(${parts.join(',')})`;
}

function particle(part: Part, revision: Revision): string {
  if (typeof part === 'string') return part;
  if ('name' in part) return isSince(revision, part.requiredSince) ? part.name : `${part.name}?`;
  if ('group' in part) return `(${part.group.join(',')})*`;
  return alternatives(part, revision);
}

function alternatives({ choice, requiredSince }: Choice, revision: Revision): string {
  const known = choice.filter((one) => typeof one !== 'string' || isDeclared(readPart(one).name));
  const written = known.map((one) => (typeof one === 'string' ? one : `(${one.join(',')})`));
  const optional = requiredSince !== undefined && !isSince(revision, requiredSince);
  return `(${written.join('|')})${optional ? '?' : ''}`;
}

/** Messages without a table stay out of the envelope's model; everything else that is named is declared. */
function isDeclared(name: string): boolean {
  return !isMessageName(name) || ELEMENTS.has(name);
}
