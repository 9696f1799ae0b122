import { judgeStructure } from './judge-structure.ts';
import { judgeValues } from './judge-values.ts';
import type { Judgement, Wrong } from './judgement.ts';
import { PLUG_IN_MESSAGES } from './message-names.ts';
import type { Revision } from './revision.ts';
import { ELEMENTS } from './tables.ts';
import { tolerate } from './tolerances.ts';
import type { DecodedMessage, MosElement } from './types.ts';
import { parseXml } from './xml.ts';

/** A statement about one place of a message. */
interface ValidationEntry {
  /** One clause, without a full stop. */
  text: string;
  /** The line of the message's text on which the element starts, counted from 1. */
  line: number;
  /** Such as `/mos/mosListAll/mosObj[2]/objTB`. */
  path: string;
  /** Whether it is about which elements and attributes stand where, or about what a field says. */
  about: 'structure' | 'value';
}

/** A violation, with what is wrong as data; absent where the message could not be read at all. */
export interface ValidationProblem extends ValidationEntry {
  wrong?: Wrong;
}

/** More of a kind are not listed: nobody reads them, and a hostile message could hold a million. */
const MOST_ENTRIES = 500;

/** Longer messages would keep this process busy for so long that it could not watch anything else. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** What a message lacks or has too much by the DTD and the field list of MOS 2.8.5. */
export interface Validation {
  /** Violations. */
  problems: ValidationProblem[];
  /** What the specification contradicts itself about, tells receivers to ignore, or leaves to taste. */
  notes: ValidationEntry[];
}

/**
 * Judges the message element of a decoded message: children in order and complete (DTD, section 8, as wide as its
 * contradictions), attributes, values (section 6), and the length of the IDs. The other deviations of the envelope are
 * findings of {@link decodeFrame}. A message that could not be read has one problem that says so; one without a table has a note.
 */
export function validateMessage(message: DecodedMessage, options: { revision: Revision }): Validation {
  if (message.text.length > MOST_CHARACTERS) {
    const text = `a message of ${message.bytes} bytes is not judged field by field`;
    return { problems: [], notes: [{ text, line: 1, path: '/', about: 'structure' }] };
  }
  const { root, lines } = parseXml(message.text);
  const body = root && bodyIn(root, message);
  if (message.name === 'unreadable' || !body) {
    const text = 'the message could not be read';
    return { problems: [{ text, line: 1, path: '/', about: 'structure' }], notes: [] };
  }
  const paths = pathsOf(root);
  const values = new Set<Judgement>();
  const entry = (one: Judgement, of: ValidationEntry['about'] = 'structure'): ValidationProblem => ({
    text: one.text,
    line: lines.get(one.about) ?? 1,
    path: paths.get(one.about) ?? '/',
    about: of,
    ...(one.kind === 'problem' && { wrong: one.wrong }),
  });
  if (!ELEMENTS.has(body.name)) {
    const text = PLUG_IN_MESSAGES.has(body.name)
      ? `${body.name} is not judged: it belongs to the plug-in interface of MOS and never travels over TCP`
      : `${body.name} is not judged: its content is in no table`;
    return { problems: [], notes: [entry({ kind: 'note', about: body, text })] };
  }
  const tolerated: Judgement[] = [];
  const { tree, origin } = tolerate(body, options.revision, (about, text) =>
    tolerated.push({ kind: 'note', about, text }),
  );
  const names = root.children.filter(({ name }) => name === 'mosID' || name === 'ncsID');
  for (const one of judgeValues(tree)) values.add(one);
  for (const name of names.slice(0, 2)) for (const one of judgeValues(name, root)) values.add(one);
  const judgements = [...tolerated, ...judgeStructure(tree, options.revision), ...values];
  const entries = (kind: Judgement['kind']): ValidationProblem[] =>
    judgements
      .filter((one) => one.kind === kind)
      .slice(0, MOST_ENTRIES)
      .map((one) =>
        entry({ ...one, about: origin.get(one.about) ?? one.about }, values.has(one) ? 'value' : 'structure'),
      );
  return { problems: entries('problem'), notes: entries('note') };
}

/** The message element in a second reading of the same text. */
function bodyIn(root: MosElement, { root: first, body }: DecodedMessage): MosElement | undefined {
  if (!first || !body) return undefined;
  return body === first ? root : root.children[first.children.indexOf(body)];
}

function pathsOf(root: MosElement): Map<MosElement, string> {
  const paths = new Map<MosElement, string>();
  const visit = (node: MosElement, path: string): void => {
    paths.set(node, path);
    const totals = new Map<string, number>();
    for (const { name } of node.children) totals.set(name, (totals.get(name) ?? 0) + 1);
    const seen = new Map<string, number>();
    for (const child of node.children) {
      const place = (seen.get(child.name) ?? 0) + 1;
      seen.set(child.name, place);
      const alone = totals.get(child.name) === 1;
      visit(child, `${path}/${child.name}${alone ? '' : `[${place}]`}`);
    }
  };
  visit(root, `/${root.name}`);
  return paths;
}
