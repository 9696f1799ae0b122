import type { ElementModel, FieldType, Part } from '../wire/table-model.ts';
import { readPart } from '../wire/table-model.ts';
import { ELEMENTS } from '../wire/tables.ts';
import type { DecodedMessage, MosElement } from '../wire/types.ts';

/** A name or a constant in wrong capitals; `text` is a sentence for a person. */
export interface Misspelling {
  /** The element, the attribute or the field meant. */
  name: string;
  text: string;
}

/** What is spelt with wrong capitals in a message. */
export interface Misspellings {
  problems: Misspelling[];
  notes: string[];
  /** The names of elements that stand there in a wrong spelling. */
  meant: string[];
  /** Values that stand there in a wrong spelling, as the element or attribute and the value. */
  constants: { name: string; value: string }[];
}

/**
 * Finds names and constants that are right but for their capitals (MOS 2.8.5 sections 2.1 and 6: both are case
 * sensitive). A name counts only where its parent may hold the element that it resembles: anything else is a tag of
 * the vendor's own.
 */
export function misspellings(message: DecodedMessage): Misspellings {
  const found: Misspellings = { problems: [], notes: [], meant: [], constants: [] };
  for (const { id, text } of message.findings) {
    if (id === 'wrong-case') found.problems.push({ name: message.name, text });
  }
  if (message.body) visit(message.body, found);
  return found;
}

function visit(node: MosElement, found: Misspellings): void {
  const model = ELEMENTS.get(node.name);
  if (!model || model.any) return;
  const allowed = childNames(model);
  for (const [name, value] of Object.entries(node.attributes)) judgeAttribute(node, { name, value }, found);
  for (const child of node.children) {
    const meant = ELEMENTS.has(child.name) ? undefined : resembling(child.name, allowed);
    if (meant !== undefined) judgeName(child.name, meant, found);
    const type = model.types?.[child.name] ?? ELEMENTS.get(child.name)?.text;
    judgeConstant(child.name, child.text.trim(), type, found);
    visit(meant === undefined ? child : { ...child, name: meant }, found);
  }
}

function judgeName(name: string, meant: string, found: Misspellings): void {
  found.meant.push(meant);
  if (name === 'SupportedProfiles') {
    found.notes.push('SupportedProfiles is spelt as in the schema; section 4.1.3 writes supportedProfiles');
  } else {
    const text = `The element ${name} is spelt with wrong capitals; it is ${meant}.`;
    found.problems.push({ name: meant, text });
  }
}

function judgeAttribute(
  node: MosElement,
  { name, value }: { name: string; value: string },
  found: Misspellings,
): void {
  const attributes = ELEMENTS.get(node.name)?.attributes ?? {};
  const meant = resembling(name, Object.keys(attributes));
  if (meant === undefined) return;
  if (meant !== name) {
    const text = `The attribute ${name} of ${node.name} is spelt with wrong capitals; it is ${meant}.`;
    found.problems.push({ name: meant, text });
  }
  judgeConstant(meant, value, { values: attributes[meant]?.values ?? [] }, found);
}

function judgeConstant(name: string, value: string, type: FieldType | undefined, found: Misspellings): void {
  if (typeof type !== 'object' || type.values.includes(value)) return;
  const meant = resembling(value, type.values);
  if (meant === undefined) return;
  found.constants.push({ name, value });
  const text = `The constant ${value} of ${name} is spelt with wrong capitals; it is ${meant}.`;
  found.problems.push({ name, text });
}

function resembling(word: string, known: readonly string[]): string | undefined {
  if (known.includes(word)) return word;
  return known.find((one) => one.toLowerCase() === word.toLowerCase());
}

function childNames(model: ElementModel): string[] {
  const named = (part: string): string => readPart(part).name;
  const namesOf = (part: Part): string[] => {
    if (typeof part === 'string') return [named(part)];
    if ('name' in part) return [part.name];
    if ('group' in part) return part.group.map(named);
    return part.choice.flat().map(named);
  };
  return [...(model.children ?? []).flatMap(namesOf), ...(model.mixed ?? [])];
}
