import type { Violation, Wrong } from './judgement.ts';
import type { MosElement } from './types.ts';
import { isSince, type Revision } from './revision.ts';
import { readPart } from './table-model.ts';
import type { Part } from './table-model.ts';
import { ELEMENTS } from './tables.ts';

/** What is wrong with the children of one element. */
export interface ContentFault {
  text: string;
  wrong: Wrong;
}

/**
 * Says in words why children do not follow their model: what is missing, out of place, too often, or text that should
 * not be there. Empty where no reason is found.
 */
export function explainContent(node: MosElement, revision: Revision): ContentFault[] {
  const model = ELEMENTS.get(node.name);
  if (!model?.children) return [];
  const order = model.children.flatMap(namesOf);
  const found = node.children.map(({ name }) => name);
  const faults: ContentFault[] = [];
  if (node.text.trim() !== '') {
    faults.push(fault('unexpected', node.name, `${node.name} holds text beside its elements`));
  }
  for (const name of new Set(found)) {
    if (!order.includes(name)) faults.push(fault('unexpected', name, `${name} has no place in ${node.name}`));
  }
  for (const part of model.children) {
    const missing = missingName(part, found, revision);
    if (missing) faults.push(fault('missing', missing, `${node.name} lacks the required ${missing}`));
    const repeated = repeatedName(part, found);
    if (repeated) {
      faults.push(fault('misplaced', repeated, `${node.name} holds ${repeated} more than once`));
    }
  }
  const misplaced = misplacedChild(order, found, model.children.some(isGroup));
  if (misplaced) faults.push(misplaced);
  const group = model.children.find((part) => typeof part === 'object' && 'group' in part);
  if (faults.length === 0 && group) {
    const text = `${namesOf(group).join(', ')} of ${node.name} do not stand together in this order`;
    faults.push(fault('misplaced', node.name, text));
  }
  return faults;
}

function fault(violation: Violation, name: string, text: string): ContentFault {
  return { text, wrong: { violation, name } };
}

function isGroup(part: Part): boolean {
  return typeof part === 'object' && 'group' in part;
}

function namesOf(part: Part): string[] {
  if (typeof part === 'string') return [readPart(part).name];
  if ('name' in part) return [part.name];
  if ('group' in part) return part.group.map((one) => readPart(one).name);
  return part.choice.flat().map((one) => readPart(one).name);
}

function missingName(part: Part, found: readonly string[], revision: Revision): string | undefined {
  if (typeof part === 'string') {
    const { name, occurs } = readPart(part);
    return (occurs === '' || occurs === '+') && !found.includes(name) ? name : undefined;
  }
  if ('group' in part) return undefined;
  if (part.requiredSince !== undefined && !isSince(revision, part.requiredSince)) return undefined;
  const names = namesOf(part);
  return names.some((name) => found.includes(name)) ? undefined : names[0];
}

function repeatedName(part: Part, found: readonly string[]): string | undefined {
  if (typeof part !== 'string' && !('name' in part)) return undefined;
  const { name, occurs } = typeof part === 'string' ? readPart(part) : { name: part.name, occurs: '' };
  const single = occurs === '' || occurs === '?';
  return single && found.filter((one) => one === name).length > 1 ? name : undefined;
}

function misplacedChild(
  order: readonly string[],
  found: readonly string[],
  repeats: boolean,
): ContentFault | undefined {
  if (repeats) return undefined;
  const known = found.filter((name) => order.includes(name));
  const at = known.findIndex(
    (name, index) => index > 0 && order.indexOf(name) < order.indexOf(known[index - 1] ?? ''),
  );
  const name = known[at];
  if (name === undefined) return undefined;
  return fault('misplaced', name, `${name} stands after ${known[at - 1]}; it belongs before it`);
}
