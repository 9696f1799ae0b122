import { explanationsOf } from '../../src/commands/explanations.ts';
import { suitesFor } from '../../src/commands/list.ts';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import type { Suite } from '../../src/suite/model.ts';
import { FAULTS, type CataloguedFault } from '../../src/faults/catalogue.ts';
import { REMEDY_NAMES, remedyOf, type RemedyName } from '../../src/faults/remedies/remedies.ts';
import { BLOCK_LABELS, REMEDY_LANGUAGES, type RemedyLanguage } from '../../src/faults/remedies/remedy.ts';
import { blocks, code, GENERATED_NOTE, plain, table } from './markdown.ts';

const INTRODUCTION = `A fault is a named defect that explains failures. A report names it where the pattern of failed tests fits, with a
confidence: _certain_, _likely_ or _possible_. One defect is one accusation: tests that fail only because of it name the
same fault. A failure that fits no pattern stands without a fault; it is a failure all the same.

For the writer of a device, every fault has a remedy, most of them with [examples](#remedies-in-code) in
${Object.keys(REMEDY_LANGUAGES).length} languages. In a terminal: \`mos-conformance explain close-wait-leak --language csharp\`.
Where it says _See it_, the reference device can show the fault.`;

/** `docs/faults.md`: every named fault with its explanation and its remedy, then the remedies in code. */
export function faultsPage(): string {
  const suites = suitesFor([]);
  const page = blocks(
    GENERATED_NOTE,
    '# Faults and remedies',
    INTRODUCTION,
    '## The faults',
    overview(),
    ...[...FAULTS.values()].map((fault) => faultBlock(fault, suites)),
    '## Remedies in code',
    'What an example calls but does not define is the device’s own.',
    ...REMEDY_NAMES.map(remedyBlock),
  );
  return `${page}\n`;
}

function overview(): string {
  return table(
    ['Fault', 'The device …'],
    [...FAULTS.values()].map(({ id, title }) => [`[${id}](#${id})`, plain(title)]),
  );
}

function faultBlock(fault: CataloguedFault, suites: readonly Suite[]): string {
  const found = explanationsOf(fault.id, suites).find((one) => one.kind === 'fault');
  const { tests, embedded } = found?.kind === 'fault' ? found : { tests: [], embedded: false };
  const example = fault.examples && ` In code: [${remedyOf(fault.examples).title}](#${fault.examples}).`;
  return blocks(
    `### ${fault.id}`,
    `**The device ${plain(fault.title)}.** ${plain(fault.explanation)}`,
    `Remedy: ${plain(fault.remedy)}${example ?? ''}`,
    `Breaks ${fault.requirements.map(withLevel).join(', ')}.`,
    tests.length === 0
      ? 'No built-in test covers what it breaks.'
      : `Tests that cover what it breaks: ${tests.map((id) => `[${id}](tests.md#${id.toLowerCase()})`).join(', ')}.`,
    embedded ? `See it: \`mos-conformance run --fault ${fault.id}\`` : undefined,
  );
}

function withLevel(id: string): string {
  return `${id} (${REQUIREMENTS.get(id)?.level ?? 'unknown'})`;
}

function remedyBlock(name: RemedyName): string {
  const { title, rule, examples } = remedyOf(name);
  const languages = Object.keys(REMEDY_LANGUAGES) as RemedyLanguage[];
  return blocks(
    `### ${name}`,
    `**${plain(title)}.** ${plain(rule)}`,
    ...languages.flatMap((language) => [
      `#### ${REMEDY_LANGUAGES[language]}`,
      code(BLOCK_LABELS[language], examples[language]),
    ]),
  );
}
