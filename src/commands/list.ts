import { formatProblem } from '../document/problem.ts';
import { builtinSuites, findSuites } from '../suite/builtin.ts';
import { groupsOf } from '../suite/groups.ts';
import { TIERS, type EachPort, type Suite, type TestCase, type Tier } from '../suite/model.ts';
import { readSuites } from '../suite/read.ts';
import { selectTests, type Selection } from '../suite/select.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit.ts';
import { paragraph } from './paragraph.ts';
import { STANDARD, type Surroundings } from './surroundings.ts';

/** What `list` was told. */
export interface ListArguments {
  suite?: string[] | undefined;
  group?: string[] | undefined;
  test?: string[] | undefined;
  tier?: Tier | undefined;
  json?: boolean | undefined;
}

/** `list`: the tests by group and suite. */
export const listCommand: Command<ListArguments> = {
  builder: (yargs) =>
    yargs
      .option('suite', { type: 'string', array: true, describe: 'Suites instead of the built-in ones' })
      .option('group', { type: 'string', array: true, describe: 'Groups, such as REL or half-close' })
      .option('test', { type: 'string', array: true, describe: 'Tests, such as REL-02' })
      .option('tier', { choices: TIERS, describe: 'This tier and everything quicker; every tier without it' })
      .option('json', { type: 'boolean', describe: 'Write JSON' })
      .example('$0 list --tier quick', 'The tests of the quick tier')
      .example('$0 list --group release', 'The tests of one group')
      .example('$0 list --suite mine.yaml', 'The tests of a suite of your own'),
  handler: (given) => {
    process.exitCode = runList(given);
  },
};

/** Lists the tests; the result is the exit code. */
export function runList(given: ListArguments, { out }: Surroundings = STANDARD): number {
  const suites = suitesFor(given.suite ?? []);
  const selection = selectTests(suites, {
    groups: given.group ?? [],
    tests: given.test ?? [],
    tier: given.tier ?? 'soak',
  });
  if (selection.problems.length > 0) throw new UsageError(selection.problems.join('\n'));
  out(given.json ? asJson(selection) : asText(selection));
  return EXIT.pass;
}

/** The suites that are meant, or the built-in ones. */
export function suitesFor(wanted: readonly string[]): Suite[] {
  const found = wanted.length === 0 ? { files: builtinSuites(), problems: [] } : findSuites(wanted);
  if (found.problems.length > 0) throw new UsageError(found.problems.join('\n'));
  const { suites, problems } = readSuites(found.files);
  if (problems.length > 0) throw new UsageError(problems.map(formatProblem).join('\n'));
  return suites;
}

/** The ports of a test in words. */
export function portsInWords(each: EachPort): string {
  if (each === 'declared') return 'every declared port';
  return each === 'once' ? 'once' : each.join(' and ');
}

function asText(selection: Selection): string {
  const groups = new Map(selection.suites.map(({ group, groupTitle }) => [group, groupTitle]));
  const tests = selection.suites.flatMap((suite) => testsOf(suite, selection));
  const blocks = [...groups].map(([group, title]) => groupText(group, title, selection));
  const count = `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}; "mos-conformance explain ID" tells more`;
  return [...blocks, count].join('\n\n');
}

function groupText(group: string, title: string, selection: Selection): string {
  const suites = selection.suites.filter((suite) => suite.group === group);
  return [`${group}  ${title}`, ...suites.map((suite) => suiteText(suite, selection))].join('\n');
}

function suiteText(suite: Suite, selection: Selection): string {
  return [`  ${suite.title} (${suite.path})`, ...testsOf(suite, selection).map(testText)].join('\n');
}

function testText(test: TestCase): string {
  const needs = test.permissions.length > 0 ? `; needs ${test.permissions.join(', ')}` : '';
  const details = `${test.tier}; ${portsInWords(test.each)}${needs}; covers ${test.covers.join(', ')}`;
  return [
    paragraph(test.title, ' '.repeat(16), `    ${test.id.padEnd(12)}`),
    paragraph(details, ' '.repeat(16)),
  ].join('\n');
}

function testsOf(suite: Suite, selection: Selection): TestCase[] {
  return suite.tests.filter((test) => selection.includes(test));
}

function asJson(selection: Selection): string {
  const tests = selection.suites.flatMap((suite) =>
    testsOf(suite, selection).map(({ id, title, tier, each, permissions, covers }) => {
      return {
        id,
        title,
        group: suite.group,
        suite: suite.path,
        tier,
        ports: each,
        needs: permissions,
        covers,
      };
    }),
  );
  const groups = Object.fromEntries(groupsOf(selection.suites).map(({ id, title }) => [id, title]));
  return JSON.stringify({ groups, tests }, null, 2);
}
