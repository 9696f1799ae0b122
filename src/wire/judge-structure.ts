import { checkDtd } from './check-dtd.ts';
import type { DtdViolation } from './check-dtd.ts';
import { explainContent } from './explain-content.ts';
import type { Judgement } from './judgement.ts';
import { isSince, type Revision } from './revision.ts';
import { LEFT_OUT_IN_LISTS } from './tolerances.ts';
import type { MosElement } from './types.ts';

/** libxml2's words for what is not a matter of which child stands where, and ours. */
const IN_OUR_WORDS: readonly [RegExp, string][] = [
  [/^Element (\S+) was declared EMPTY this one has content$/, '$1 must be empty'],
  [/^Element (\S+) is not declared in (\S+) list of possible children$/, '$1 has no place in $2'],
  [/^Element (\S+) does not carry attribute (\S+)$/, '$1 lacks the attribute $2'],
  [
    /^Value "([\s\S]*)" for attribute (\S+) of (\S+) is not among the enumerated set$/,
    '$3 has the attribute $2 with the value "$1", which is none of those allowed',
  ],
  [
    /^Element (\S+) was declared #PCDATA but contains non text nodes$/,
    '$1 holds elements; it may hold only text',
  ],
];

/** Judges which elements and attributes stand where, by the DTD of a revision. */
export function judgeStructure(tree: MosElement, revision: Revision): Judgement[] {
  const lists = new Set<MosElement>();
  collectListed(tree, lists);
  const fromDtd = checkDtd(tree, revision).flatMap((violation) => inWords(violation, revision, lists));
  return [...fromDtd, ...flatProfiles(tree, revision)];
}

function collectListed(node: MosElement, listed: Set<MosElement>): void {
  for (const one of node.children) {
    if (node.name === 'mosListAll') listed.add(one);
    collectListed(one, listed);
  }
}

function inWords({ about, text }: DtdViolation, revision: Revision, listed: Set<MosElement>): Judgement[] {
  const rewritten = IN_OUR_WORDS.find(([pattern]) => pattern.test(text));
  if (rewritten) return [{ kind: 'problem', about, text: text.replace(...rewritten) }];
  const faults = explainContent(about, revision);
  if (faults.length === 0) return [{ kind: 'problem', about, text }];
  return faults.map((fault) => {
    const excused = listed.has(about) && fault.missing !== undefined && LEFT_OUT_IN_LISTS.has(fault.missing);
    return excused
      ? { kind: 'note', about, text: `${fault.text}; so does the specification's own example of a list` }
      : { kind: 'problem', about, text: fault.text };
  });
}

/** The flat form belongs to revisions up to 2.8.3, and to the web services of 3.8 (mos.md section 10, no. 4). */
function flatProfiles(tree: MosElement, revision: Revision): Judgement[] {
  const flat = tree.children.find(({ name }) => name === 'mosProfile0');
  if (tree.name !== 'listMachInfo' || !flat || !isSince(revision, '2.8.4')) return [];
  const text = 'the profiles stand in the flat form (mosProfile0 ... mosProfile7) of revisions before 2.8.4';
  return [{ kind: 'note', about: flat, text }];
}
