import { symptom } from '../history/symptoms.ts';
import type { Revision } from '../wire/revision.ts';
import type { DecodedMessage, Encoding } from '../wire/types.ts';
import { validateMessage, type ValidationProblem } from '../wire/validate.ts';
import type { Deviation } from './check.ts';
import { symptomOf } from './of-validation.ts';
import { misspellings } from './spelling.ts';

/** What the device file says of the form in which the device writes. */
export interface DeclaredForm {
  encoding: Encoding;
  revision: Revision;
}

/** What a check of the form of one message found. */
export interface FormJudgement {
  deviations: Deviation[];
  /** What is accepted and yet worth saying: the other side of a contradiction, tags of the vendor's own. */
  notes?: readonly string[];
  /** Why nothing can be said of this message. */
  unjudged?: string;
}

/** A check of how a message is written; each deviation of a message belongs to one check only. */
export interface FormCheck {
  /** What is expected, so that it completes "expected ...". */
  expected: string;
  judge(message: DecodedMessage, declared: DeclaredForm): FormJudgement;
}

/** The other encodings, and bytes that are text in none. */
const ENCODING_FINDINGS = new Set(['big-endian', 'little-endian', 'utf-8', 'stray-byte', 'invalid-utf-8']);

/** What keeps a message from being one well-formed XML document of MOS, or stands where only messages may. */
const FORM_FINDINGS = new Set([
  'not-well-formed',
  'cut-off',
  'too-long',
  'no-markup',
  'junk-before-message',
  'lone-surrogate',
  'not-mos',
]);

const encoding: FormCheck = {
  expected: 'UCS-2, high byte first, in every message',
  judge(message, declared) {
    const found = findings(message, ENCODING_FINDINGS, 'wrong-encoding');
    if (declared.encoding !== 'utf-8') return { deviations: found };
    const quote = 'The messages are written in UTF-8, as the device file declares.';
    const utf8 = { symptom: symptom('wrong-encoding', { finding: 'utf-8', quote }) };
    const deviations = found.length > 0 ? found : message.encoding === 'utf-8' ? [utf8] : [];
    return { deviations: deviations.map((one) => ({ ...one, level: 'should' })) };
  },
};

const byteOrderMark: FormCheck = {
  expected: 'no byte order mark',
  judge: (message) => ({ deviations: findings(message, new Set(['byte-order-mark']), 'byte-order-mark') }),
};

const wellFormed: FormCheck = {
  expected: 'well-formed messages and nothing else',
  judge(message) {
    const declaresEntities = message.findings.some(({ id }) => id === 'entity-declaration');
    const found = findings(message, FORM_FINDINGS, 'broken-form');
    const notRead = message.findings.find(({ id }) => id === 'not-read');
    if (notRead) return { deviations: found, unjudged: notRead.text };
    if (!declaresEntities) return { deviations: found };
    return { deviations: [], unjudged: 'the message declares entities, which are not expanded' };
  },
};

const spelling: FormCheck = {
  expected: 'tags and constants in exactly their case',
  judge(message) {
    const { problems, notes } = misspellings(message);
    const deviations = problems.map(({ name, text }) => ({
      symptom: symptom('misspelt', { message: message.name, field: name, quote: text }),
    }));
    return { deviations, notes };
  },
};

const content: FormCheck = {
  expected: 'the elements of the DTD in their order, the required ones present',
  judge: (message, declared) => byDtd(message, declared, 'structure'),
};

const values: FormCheck = {
  expected: 'values as MOS 2.8.5 section 6 defines them',
  judge: (message, declared) => byDtd(message, declared, 'value'),
};

/** The checks of the form of received messages, by the names that suites give them. */
export const FORM_CHECKS = {
  encoding,
  'no-byte-order-mark': byteOrderMark,
  'well-formed': wellFormed,
  spelling,
  content,
  values,
} satisfies Record<string, FormCheck>;

/** The name of a check of the form. */
export type FormCheckName = keyof typeof FORM_CHECKS;

function findings(
  message: DecodedMessage,
  ids: ReadonlySet<string>,
  code: 'wrong-encoding' | 'byte-order-mark' | 'broken-form',
): Deviation[] {
  return message.findings
    .filter(({ id }) => ids.has(id))
    .map(({ id, text }) => ({
      symptom: symptom(code, { message: message.name, finding: id, quote: text }),
    }));
}

/** What is misspelt is not missing as well, and what cannot be read is no matter of the DTD. */
function byDtd(message: DecodedMessage, declared: DeclaredForm, about: 'structure' | 'value'): FormJudgement {
  if (message.name === 'unreadable' || !message.body) {
    return { deviations: [], unjudged: 'the message could not be read' };
  }
  const { problems, notes } = validateMessage(message, { revision: declared.revision });
  const { meant, constants } = misspellings(message);
  const isMisspelt = ({ wrong }: ValidationProblem): boolean =>
    wrong?.violation === 'missing'
      ? meant.includes(wrong.name)
      : constants.some(({ name, value }) => name === wrong?.name && value === wrong.value);
  const deviations = problems
    .filter((problem) => problem.about === about && !isMisspelt(problem))
    .map((problem) => {
      const quote = `${problem.text} (${problem.path}, line ${problem.line})`;
      return { symptom: symptomOf(problem, message.name, quote) };
    });
  return { deviations, ...(about === 'structure' && { notes: notes.map(({ text }) => text) }) };
}
