import type { AssertionResult, TestResult } from '../../results/results.ts';
import { match } from './matches.ts';
import type { Signature } from './signatures.ts';
import { failures, type Symptoms } from './symptoms.ts';

/** Failures of a test about messages; that a port no longer serves is another matter. */
function complaints(test: TestResult): AssertionResult[] {
  return failures(test).filter(
    (one) => one.requirement.startsWith('MOS-') && !one.connections.includes('probe'),
  );
}

/** So many failed tests of the wire, and not one that passed, are no matter of the wire. */
const HOPELESS = 5;

function servesNothing({ tests }: Symptoms): boolean {
  const own = tests.filter(({ group }) => group === 'WIRE');
  return own.length > HOPELESS && own.every(({ verdict }) => verdict !== 'pass');
}

/** Runs of these tests that failed over messages, with these words where some are given. */
function broken(symptoms: Symptoms, ids: readonly string[], words?: RegExp): TestResult[] {
  if (servesNothing(symptoms)) return [];
  return symptoms
    .failed(ids)
    .filter((test) => complaints(test).some(({ actual }) => words?.test(actual) ?? true));
}

/** A signature of a single kind of failure, which nothing else shows in these tests. */
function shown(id: string, ids: readonly string[], words?: RegExp): Signature {
  return { id, match: (symptoms) => match(broken(symptoms, ids, words)) };
}

/** The one place where a split message is lost is told apart by those where it is not. */
const SPLITS = ['FRM-01C', 'FRM-01T', 'FRM-01S', 'FRM-01B'];

/** A device that loses split messages loses the first of them; one that stops later does so for another reason. */
const FROM_THE_START = /; \d of \d+ places/;

/** Inside a root tag, places between characters are tried first; in UCS-2 their offsets are even. */
const BETWEEN_CHARACTERS = /split after byte \d*[02468] of/;

/** Signatures of faults between bytes and messages; they are asked in this order. */
export const WIRE_SIGNATURES: readonly Signature[] = [
  {
    id: 'utf-8-reply',
    match: (symptoms) => match(undeclared(broken(symptoms, ['ENC-01'], /written in UTF-8/))),
  },
  shown('little-endian-reply', ['ENC-01'], /low byte first/),
  shown('bom-reply', ['ENC-02']),
  shown('cut-reply', ['FRM-11'], /breaks off/),
  shown('junk-after-connect', ['FRM-11'], /belongs to no message|hold no XML/),
  shown('malformed-reply', ['FRM-11'], /not well-formed/),
  {
    id: 'one-read-one-message',
    match: (symptoms) => {
      const between = broken(symptoms, ['FRM-01S'], FROM_THE_START);
      if (between.length === 0 || broken(symptoms, ['FRM-01C'], FROM_THE_START).length === 0)
        return undefined;
      return match([...broken(symptoms, SPLITS), ...broken(symptoms, ['FRM-02', 'FRM-08'])]);
    },
  },
  {
    id: 'odd-offset-breaks',
    match: (symptoms) => {
      const inside = broken(symptoms, ['FRM-01C'], FROM_THE_START);
      if (inside.length === 0 || symptoms.fails(['FRM-01S'])) return undefined;
      const tags = new Set(broken(symptoms, ['FRM-01T'], BETWEEN_CHARACTERS));
      return match(broken(symptoms, SPLITS).filter((test) => !tags.has(test)));
    },
  },
  {
    id: 'loses-cut-tag',
    match: (symptoms) => {
      if (symptoms.fails(['FRM-01S'])) return undefined;
      if (symptoms.fails(['FRM-01C'])) return match(broken(symptoms, ['FRM-01T'], BETWEEN_CHARACTERS));
      return match(broken(symptoms, ['FRM-01T', 'FRM-01B']));
    },
  },
  {
    id: 'first-message-only',
    match: (symptoms) => (symptoms.clean(SPLITS) ? match(broken(symptoms, ['FRM-02'])) : undefined),
  },
  shown('breaks-on-white-space', ['FRM-03', 'FRM-04', 'DIA-02']),
  shown('breaks-on-root-attributes', ['FRM-06', 'FRM-07']),
  shown('breaks-on-unknown-tag', ['FRM-13']),
  shown('breaks-on-nested-root', ['FRM-05']),
  shown('breaks-on-large-message', ['FRM-08']),
  shown('breaks-on-empty-element', ['FRM-16']),
  shown('breaks-on-references', ['ENC-05', 'ENC-05E']),
  shown('breaks-on-non-ascii', ['ENC-03']),
  shown('breaks-on-surrogates', ['ENC-04']),
  shown('swallows-unknown-and-stops', ['FRM-14'], /nothing came/),
  shown('needs-message-id', ['DIA-01', 'ENV-08'], /nothing came|instead of answering/),
  {
    id: 'misspelt-reply',
    match: (symptoms) => {
      const misspelt = broken(symptoms, ['FRM-10']);
      if (misspelt.length === 0) return undefined;
      return match([...misspelt, ...broken(symptoms, ['HB-03', 'MI-03', 'MI-07'], /has no|holds no|lacks/)]);
    },
  },
  shown(
    'invalid-reply',
    ['FRM-12', 'MI-03'],
    /stands after|no place in|more than once|stand together|must be empty/,
  ),
  shown('machine-info-incomplete', ['FRM-12'], /^listMachInfo lacks|supportedProfiles lacks/),
  shown('heartbeat-without-time', ['FRM-12'], /^heartbeat lacks the required time/),
];

/** An encoding that the device file declares is a remark and no fault. */
function undeclared(tests: readonly TestResult[]): TestResult[] {
  return tests.filter((test) => test.level === 'must');
}
