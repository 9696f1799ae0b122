import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '../../src/document/problem.ts';
import { readSuite } from '../../src/suite/read-suite.ts';
import { suiteJsonSchema } from '../../src/suite/schema.ts';
import { EXPECTATIONS } from '../../src/suite/expectations/index.ts';
import { GROUPS } from '../../src/suite/groups.ts';
import { VERBS, withInner } from '../../src/suite/verbs/index.ts';
import { OUTCOMES } from '../../src/results/outcome.ts';
import { HABITS, MESSAGE_CHECKS } from '../../src/suite/words.ts';
import { DEVICE_KEYS, readDeviceFile } from '../../src/subject/device-file.ts';
import { DEFAULT_TIMES, PERMISSIONS } from '../../src/subject/target.ts';
import { examplesIn, pageText, type Example } from './examples.ts';

/** The words of a page that stand in code, in a block or in a line. */
function wordsInCode(text: string): Set<string> {
  const blocks = [...text.matchAll(/^```[\w-]*\n([\s\S]*?)^```$/gm)].map(([, inside = '']) => inside);
  const spans = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, inside = '']) => inside,
  );
  return new Set([...blocks, ...spans].flatMap((code) => code.split(/[^\w-]+/)));
}

function* keysOf(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') yield* Object.keys(value as object);
    yield* keysOf(value);
  }
}

describe('the examples of the documentation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mos-docs-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Steps alone become the steps of a test; one without an expectation gets one, which a test must have. */
  function asSuite({ text }: Example): string {
    if (text.startsWith('suite:')) return text;
    const expectation = /^- expect:/m.test(text) ? '' : '- expect: { serving: true, covers: SOCK-REL-10 }\n';
    const steps = `${text}${expectation}`.replace(/^(?=.)/gm, '      ');
    return `suite: Example\ngroup: REL\ntests:\n  - id: EXAMPLE-01\n    title: Example\n    steps:\n${steps}`;
  }

  function write(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  const suites = examplesIn('writing-a-suite.md', 'yaml');

  for (const example of suites) {
    it(`docs/writing-a-suite.md, line ${example.line}, is a valid suite`, () => {
      const { suite, problems } = readSuite(write(`suite-${example.line}.yaml`, asSuite(example)));
      expect(problems.map(formatProblem)).to.deep.equal([]);
      expect(suite?.tests).to.have.length(1);
    });
  }

  const shown = suites
    .map((example) => readSuite(write(`shown-${example.line}.yaml`, asSuite(example))).suite)
    .flatMap((suite) => suite?.tests ?? [])
    .flatMap((test) => test.steps.flatMap(withInner));

  it('have every verb', () => {
    expect(Object.keys(VERBS).filter((verb) => !shown.some((step) => step.verb === verb))).to.deep.equal([]);
  });

  it('have every kind of expectation and every group', () => {
    const kinds = shown.flatMap((step) => (step.verb === 'expect' ? step.expect.kind : []));
    expect(Object.keys(EXPECTATIONS).filter((kind) => !kinds.includes(kind as never))).to.deep.equal([]);
    expect(pageText('writing-a-suite.md')).to.contain(`: ${Object.keys(GROUPS).join(', ')}, or one`);
  });

  it('show every key of the language, or name it in code', () => {
    const known = wordsInCode(pageText('writing-a-suite.md'));
    const keys = new Set(keysOf(JSON.parse(suiteJsonSchema())));
    expect([...keys].filter((key) => !known.has(key))).to.deep.equal([]);
  });

  it('name every habit, check and outcome', () => {
    const known = wordsInCode(pageText('writing-a-suite.md'));
    expect([...HABITS, ...MESSAGE_CHECKS].filter((word) => !known.has(word))).to.deep.equal([]);
    const certificate = pageText('reading-a-certificate.md');
    expect(OUTCOMES.filter((outcome) => !certificate.includes(`| ${outcome} `))).to.deep.equal([]);
  });

  const devices = examplesIn('device-file.md', 'yaml');

  for (const example of devices) {
    it(`docs/device-file.md, line ${example.line}, is a valid device file`, () => {
      const { problems } = readDeviceFile(write(`device-${example.line}.yaml`, example.text));
      expect(problems.map(formatProblem)).to.deep.equal([]);
    });
  }

  it('have a heading for every key of a device file, and every time and permission', () => {
    const page = pageText('device-file.md');
    expect(DEVICE_KEYS.filter((key) => !page.includes(`\n## ${key}\n`))).to.deep.equal([]);
    const words = wordsInCode(page);
    expect([...Object.keys(DEFAULT_TIMES), ...PERMISSIONS].filter((word) => !words.has(word))).to.deep.equal(
      [],
    );
  });
});
