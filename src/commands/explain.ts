import { didYouMean } from '../document/similar.ts';
import { REQUIREMENTS } from '../requirements/catalogue.ts';
import { remedyOf } from '../faults/remedies/remedies.ts';
import { REMEDY_LANGUAGES, type RemedyLanguage } from '../faults/remedies/remedy.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit.ts';
import { explainable, explanationsOf, type Explanation } from './explanations.ts';
import { portsInWords, suitesFor } from './list.ts';
import { paragraph } from './paragraph.ts';
import { STANDARD, type Surroundings } from './surroundings.ts';
import { PARAMETER_NAMES } from './words.ts';

const LANGUAGES = Object.keys(REMEDY_LANGUAGES) as RemedyLanguage[];

/** What `explain` was told. */
export interface ExplainArguments {
  id: string;
  language?: string | undefined;
  suite?: string[] | undefined;
  json?: boolean | undefined;
}

/** `explain`: what a test, a requirement, a fault, a parameter or a word is. */
export const explainCommand: Command<ExplainArguments> = {
  builder: (yargs) =>
    yargs
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'REL-02, SOCK-REL-02, close-wait-leak, releaseTime, ..',
      })
      .option('language', {
        choices: [...LANGUAGES, 'all'],
        describe: 'Show the remedy of a fault in this language',
      })
      .option('suite', { type: 'string', array: true, describe: 'Suites instead of the built-in ones' })
      .option('json', { type: 'boolean', describe: 'Write JSON' })
      .example('$0 explain REL-02', 'What a test does and what it covers')
      .example('$0 explain close-wait-leak --language csharp', 'A fault and its remedy in C#')
      .example('$0 explain releaseTime', 'What a parameter means and how to set it'),
  handler: (given) => {
    process.exitCode = runExplain(given);
  },
};

/** Explains one thing; the result is the exit code. */
export function runExplain(given: ExplainArguments, { out }: Surroundings = STANDARD): number {
  const suites = suitesFor(given.suite ?? []);
  const found = explanationsOf(given.id, suites);
  if (found.length === 0) {
    const meant = didYouMean(given.id, explainable(suites, PARAMETER_NAMES));
    throw new UsageError(
      `nothing is called "${given.id}"${meant || '; "mos-conformance list" lists the tests'}`,
    );
  }
  if (given.json) out(JSON.stringify(found, null, 2));
  else out(found.map((one) => asText(one, given.language)).join('\n\n'));
  return EXIT.pass;
}

function asText(one: Explanation, language: string | undefined): string {
  switch (one.kind) {
    case 'test':
      return testText(one);
    case 'requirement':
      return requirementText(one);
    case 'fault':
      return faultText(one, language);
    case 'group':
      return lines(`${one.id}  group of tests: ${one.title}`, listed('Tests', one.tests));
    case 'parameter':
    case 'word':
      return lines(`${one.id}  ${one.kind}`, paragraph(one.text, '  '));
  }
}

function testText({ test, suite, faults }: Explanation & { kind: 'test' }): string {
  return lines(
    `${test.id}  test: ${test.title}`,
    field(
      'Suite',
      `${suite.title} (${suite.path}:${test.position.line}), group ${suite.group} (${suite.groupTitle})`,
    ),
    field('Runs', `${portsInWords(test.each)}; tier ${test.tier}`),
    test.permissions.length > 0 && field('Needs', `the permission ${test.permissions.join(', ')}`),
    '  Covers',
    ...test.covers.map((id) => paragraph(`${id} ${dutyOf(id)}`, '      ', '    ')),
    listed('Faults that it can show', faults),
    '  Steps',
    ...test.source.split('\n').map((line) => `    ${line}`),
  );
}

function requirementText(one: Explanation & { kind: 'requirement' }): string {
  const { requirement, supersededBy, tests, faults } = one;
  return lines(
    `${requirement.id}  requirement (${requirement.level}), ${requirement.source}`,
    paragraph(`The device ${requirement.text}.`, '  '),
    supersededBy !== undefined && field('Gives way to', supersededBy),
    tests.length > 0 ? listed('Tests', tests) : field('Tests', 'none yet'),
    listed('Faults that break it', faults),
  );
}

function faultText(one: Explanation & { kind: 'fault' }, language: string | undefined): string {
  const { fault, languages, tests, embedded } = one;
  return lines(
    `${fault.id}  fault: the device ${fault.title}`,
    paragraph(fault.explanation, '  '),
    field('Remedy', fault.remedy),
    field('Breaks', fault.requirements.join(', ')),
    listed('Tests', tests),
    embedded && field('See it', `mos-conformance run --fault ${fault.id}`),
    ...exampleLines(one, languages, language),
  );
}

function exampleLines(
  { fault }: Explanation & { kind: 'fault' },
  languages: string[],
  language: string | undefined,
): string[] {
  if (fault.examples === undefined) return [];
  if (language === undefined) return [field('Examples', `--language with one of ${languages.join(', ')}`)];
  const { title, rule, examples } = remedyOf(fault.examples);
  const chosen = LANGUAGES.filter((one) => language === 'all' || one === language);
  return [
    field('Example', `${title}. ${rule}`),
    ...chosen.flatMap((one) => [
      `  ${REMEDY_LANGUAGES[one]}`,
      ...examples[one].split('\n').map((line) => `    ${line}`.trimEnd()),
    ]),
  ];
}

function dutyOf(id: string): string {
  const known = REQUIREMENTS.get(id);
  return known ? `(${known.level}) the device ${known.text}` : '';
}

function field(label: string, text: string): string {
  return paragraph(text, '    ', `  ${label}: `);
}

function listed(label: string, names: readonly string[]): string | false {
  return names.length > 0 && field(label, names.join(', '));
}

function lines(...all: (string | false)[]): string {
  return all.filter((line) => line !== false).join('\n');
}
