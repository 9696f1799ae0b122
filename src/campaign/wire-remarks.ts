import type { SymptomCode } from '../history/symptoms.ts';
import type { Results } from '../results/results.ts';
import type { TestDigest } from '../report/digest.ts';

/**
 * Findings of the decoder that are worth knowing wherever they were made. Those about IDs depend on what the device
 * was sent, and a message that breaks off may have been cut by our own close: tests judge these.
 */
const ODDITIES = new Set([
  'big-endian',
  'little-endian',
  'utf-8',
  'byte-order-mark',
  'stray-byte',
  'invalid-utf-8',
  'lone-surrogate',
  'junk-before-message',
  'no-markup',
  'not-well-formed',
  'not-mos',
  'too-long',
  'not-read',
  'too-many',
  'xml-declaration',
  'document-type',
  'entity-declaration',
  'wrong-case',
  'envelope-order',
  'extra-sibling',
  'text-in-envelope',
  'repeated-envelope-field',
  'several-messages',
]);

/** The symptom that stands for a finding, where a test does not charge it by its own name. */
const CHARGED_AS: Readonly<Record<string, SymptomCode>> = { 'wrong-case': 'misspelt' };

/**
 * What was odd about the messages that the device sent in any test: each kind once, with the number of messages and
 * the tests in which they came. What an assertion has already charged is left out.
 */
export function wireRemarks(digests: readonly Pick<TestDigest, 'result' | 'findings'>[]): Results['remarks'] {
  const charged = new Set(
    digests
      .flatMap(({ result }) => result.assertions)
      .flatMap(({ outcome, symptom }) =>
        outcome === 'fail' && symptom ? [symptom.code, symptom.finding] : [],
      ),
  );
  const kinds = new Map<string, { text: string; count: number; tests: string[] }>();
  for (const { result, findings } of digests) {
    for (const { id, text, count } of findings) {
      if (!ODDITIES.has(id) || charged.has(CHARGED_AS[id] ?? id)) continue;
      const kind = kinds.get(id) ?? { text, count: 0, tests: [] };
      kinds.set(id, { text: kind.text, count: kind.count + count, tests: [...kind.tests, result.key] });
    }
  }
  return [...kinds.values()].map(({ text, count, tests }) => ({
    text: `${text} (${messages(count)})`,
    tests,
  }));
}

function messages(count: number): string {
  return count === 1 ? 'one message' : `${count} messages`;
}
