import type { Revision } from './revision.ts';
import type { MosElement } from './types.ts';
import type { ElementModel } from './table-model.ts';
import { ELEMENTS } from './tables.ts';

/** Says something about an element of a message. */
export type Report = (about: MosElement, text: string) => void;

/** Children of an object that the specification's own mosListAll example leaves out (mos.md section 10, no. 19). */
export const LEFT_OUT_IN_LISTS: ReadonlySet<string> = new Set([
  'objType',
  'objTB',
  'objRev',
  'objDur',
  'status',
  'objAir',
]);

/**
 * Prepares a message for the judgement by the DTD: takes out what MOS tells a receiver to ignore (unknown elements and
 * attributes, section 2.1), does not look into opaque content, and rewrites the other side of a contradiction of the
 * specification to the side that the DTD knows, and the lists of revision 2.6 to those of later ones. Everything but the
 * last is noted.
 * @returns a copy; `origin` leads from its elements back to those of the message
 */
export function tolerate(
  root: MosElement,
  revision: Revision,
  note: Report,
): { tree: MosElement; origin: Map<MosElement, MosElement> } {
  const origin = new Map<MosElement, MosElement>();
  const visit = (node: MosElement): MosElement => {
    const model = ELEMENTS.get(node.name);
    const opaque = model?.any === true;
    const kept = opaque ? [] : sideStatus(node, node.children, note).flatMap((one) => known(one, node, note));
    const copy: MosElement = {
      name: node.name,
      attributes: knownAttributes(node, model, note),
      children: kept.map(visit),
      text: opaque ? '' : node.text,
    };
    origin.set(copy, origin.get(node) ?? node);
    return copy;
  };
  const known = (child: MosElement, parent: MosElement, report: Report): MosElement[] => {
    if (ELEMENTS.has(child.name)) return [child];
    if (child.name === 'SupportedProfiles') {
      report(child, 'SupportedProfiles is spelt as in the schema; section 4.1.3 writes supportedProfiles');
      const renamed = { ...child, name: 'supportedProfiles' };
      origin.set(renamed, child);
      return [renamed];
    }
    report(child, `${child.name} is no element of MOS 2.8.5 inside ${parent.name}; receivers ignore it`);
    return [];
  };
  return { tree: visit(revision === '2.6' ? wrapped(root, origin) : root), origin };
}

/** What stands around each entry of a list, and the element with which an entry begins. */
const ENTRIES: ReadonlyMap<string, { wrapper: string; first: string }> = new Map([
  ['mosListAll', { wrapper: 'mosObj', first: 'objID' }],
  ['roListAll', { wrapper: 'ro', first: 'roID' }],
]);

/** The entries of a list of revision 2.6 follow one another without an element around each (mos.md section 2.6). */
function wrapped(root: MosElement, origin: Map<MosElement, MosElement>): MosElement {
  const entry = ENTRIES.get(root.name);
  if (!entry || root.children.some(({ name }) => name === entry.wrapper)) return root;
  const children: MosElement[] = [];
  for (const child of root.children) {
    const around = children.at(-1);
    if (around && child.name !== entry.first) around.children.push(child);
    else {
      const next = { name: entry.wrapper, attributes: {}, children: [child], text: '' };
      origin.set(next, child);
      children.push(next);
    }
  }
  const list = { ...root, children };
  origin.set(list, root);
  return list;
}

function knownAttributes(
  node: MosElement,
  model: ElementModel | undefined,
  note: Report,
): Record<string, string> {
  const entries = Object.entries(node.attributes).filter(([name]) => {
    if (model?.attributes && Object.hasOwn(model.attributes, name)) return true;
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) {
      note(
        node,
        `${node.name} has the attribute ${name}, which MOS 2.8.5 does not know; receivers ignore it`,
      );
    }
    return false;
  });
  return Object.fromEntries(entries);
}

/** After one of these a status belongs to a single element of the running order. */
const ELEMENT_GROUP: ReadonlySet<string> = new Set(['storyID', 'itemID', 'objID', 'itemChannel']);

/** The prose has a roAck carry status and statusDescription, the DTD does not (mos.md section 10, no. 2). */
function sideStatus(node: MosElement, children: readonly MosElement[], note: Report): readonly MosElement[] {
  if (node.name !== 'roAck') return children;
  return children.filter((child, index) => {
    const before = children[index - 1]?.name;
    const ofElement = before !== undefined && ELEMENT_GROUP.has(before);
    const aside = child.name === 'statusDescription' || (child.name === 'status' && !ofElement);
    if (aside)
      note(child, `roAck carries ${child.name}, as the prose has it; the DTD knows it only for single items`);
    return !aside;
  });
}
