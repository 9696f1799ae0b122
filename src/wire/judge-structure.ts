import { checkDtd } from './check-dtd.ts';
import type { DtdViolation } from './check-dtd.ts';
import { explainContent, type ContentFault } from './explain-content.ts';
import type { Judgement, Violation } from './judgement.ts';
import { isSince, type Revision } from './revision.ts';
import { LEFT_OUT_IN_LISTS } from './tolerances.ts';
import type { MosElement } from './types.ts';

/** One of libxml2's sentences, and what it means; `name` and `value` are groups of the pattern. */
interface Phrase {
  pattern: RegExp;
  text: string;
  violation: Violation;
  name: number;
  value?: number;
}

/**
 * libxml2's words for what is not a matter of which child stands where, and ours. The library tells what it found by
 * these sentences alone; this is the one place that reads them.
 */
const PHRASES: readonly Phrase[] = [
  {
    pattern: /^Element (\S+) was declared EMPTY this one has content$/,
    text: '$1 must be empty',
    violation: 'unexpected',
    name: 1,
  },
  {
    pattern: /^Element (\S+) is not declared in (\S+) list of possible children$/,
    text: '$1 has no place in $2',
    violation: 'unexpected',
    name: 1,
  },
  {
    pattern: /^Element (\S+) does not carry attribute (\S+)$/,
    text: '$1 lacks the attribute $2',
    violation: 'missing',
    name: 2,
  },
  {
    pattern: /^Value "([\s\S]*)" for attribute (\S+) of (\S+) is not among the enumerated set$/,
    text: '$3 has the attribute $2 with the value "$1", which is none of those allowed',
    violation: 'value',
    name: 2,
    value: 1,
  },
  {
    pattern: /^Element (\S+) was declared #PCDATA but contains non text nodes$/,
    text: '$1 holds elements; it may hold only text',
    violation: 'unexpected',
    name: 1,
  },
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
  const known = fromPhrase(text);
  if (known) return [{ kind: 'problem', about, ...known }];
  const faults = explainContent(about, revision);
  if (faults.length === 0) {
    return [{ kind: 'problem', about, text, wrong: { violation: 'unexpected', name: about.name } }];
  }
  return faults.map(({ text: said, wrong }) => {
    const isLeftOut = wrong.violation === 'missing' && LEFT_OUT_IN_LISTS.has(wrong.name);
    return listed.has(about) && isLeftOut
      ? { kind: 'note', about, text: `${said}; so does the specification's own example of a list` }
      : { kind: 'problem', about, text: said, wrong };
  });
}

function fromPhrase(said: string): ContentFault | undefined {
  for (const { pattern, text, violation, name, value } of PHRASES) {
    const groups = pattern.exec(said);
    if (!groups) continue;
    const wrong = { violation, name: groups[name] ?? '', ...(value && { value: groups[value] ?? '' }) };
    return { text: said.replace(pattern, text), wrong };
  }
  return undefined;
}

/** The flat form belongs to revisions up to 2.8.3, and to the web services of 3.8 (mos.md section 10, no. 4). */
function flatProfiles(tree: MosElement, revision: Revision): Judgement[] {
  const flat = tree.children.find(({ name }) => name === 'mosProfile0');
  if (tree.name !== 'listMachInfo' || !flat || !isSince(revision, '2.8.4')) return [];
  const text = 'the profiles stand in the flat form (mosProfile0 ... mosProfile7) of revisions before 2.8.4';
  return [{ kind: 'note', about: flat, text }];
}
