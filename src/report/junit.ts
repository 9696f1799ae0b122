import type { Results, TestResult } from '../results/results.ts';
import { clip } from './visible.ts';
import { escape, raw, xml, type Markup } from './html.ts';
import { failsDevice, testWord } from './words.ts';

/** What stands in one element of JUnit XML, its text bounded. */
function text(value: string): Markup {
  return raw(escape(clip(value, 4000)));
}

/** As {@link text}, for an attribute: line breaks survive as references. */
function attribute(value: string): Markup {
  return raw(escape(clip(value, 1000)).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;'));
}

const seconds = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(3);

function details(test: TestResult): string {
  const lines = test.assertions
    .filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not observable')
    .flatMap(({ requirement, level, expected, actual, meaning }) => [
      `${requirement} (${level})`,
      `  expected: ${expected}`,
      `  actual: ${actual}`,
      ...(meaning === undefined ? [] : [`  meaning: ${meaning}`]),
    ]);
  const faults = test.faults.map(({ id, confidence }) => `fault: ${id} (${confidence})`);
  const ends = test.connections.slice(0, 20).map(({ name, outcome }) => `connection ${name}: ${outcome}`);
  return [test.reason, ...lines, ...faults, ...ends, `seed: ${test.seed}`].join('\n');
}

type Kind = 'passed' | 'failure' | 'error' | 'skipped' | 'remark';

function kindOf(test: TestResult, strict: boolean): Kind {
  if (test.applicability !== 'selected') return 'skipped';
  if (test.verdict === 'pass') return 'passed';
  if (test.verdict !== 'fail') return 'error';
  return failsDevice(test.level, strict) ? 'failure' : 'remark';
}

function outcome(test: TestResult, kind: Kind, strict: boolean): Markup {
  const message = attribute(test.reason);
  switch (kind) {
    case 'passed':
      return xml``;
    case 'failure':
      return xml`<failure message="${message}" type="${attribute(test.level)}"
        >${text(details(test))}</failure
      >`;
    case 'error': {
      const type = test.verdict === 'error' ? 'HarnessError' : 'Inconclusive';
      return xml`<error message="${message}" type="${type}">${text(details(test))}</error>`;
    }
    case 'skipped':
      return xml`<skipped message="${attribute(`${test.applicability}: ${test.reason}`)}" />`;
    case 'remark':
      return xml`<system-out>${text(`${testWord(test, strict)}: ${details(test)}`)}</system-out>`;
  }
}

function testCase(test: TestResult, strict: boolean): Markup {
  const name = attribute(`${test.key} ${test.title}`);
  const className = attribute(`mos-conformance.${test.group}`);
  const inner = outcome(test, kindOf(test, strict), strict);
  return xml`    <testcase classname="${className}" name="${name}" time="${seconds(test.durationMs)}">${inner}</testcase>
`;
}

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  ms: number;
}

function countsOf(tests: readonly TestResult[], strict: boolean): Counts {
  const of = (kind: Kind): number => tests.filter((test) => kindOf(test, strict) === kind).length;
  const ms = tests.reduce((sum, test) => sum + test.durationMs, 0);
  return { tests: tests.length, failures: of('failure'), errors: of('error'), skipped: of('skipped'), ms };
}

function attributes({ tests, failures, errors, skipped, ms }: Counts): Markup {
  return xml`tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(ms)}"`;
}

function suite(group: string, tests: readonly TestResult[], results: Results): Markup {
  const { strict } = results.campaign.selection;
  const name = attribute(`${group} ${[...new Set(tests.map((test) => test.suite))].join(', ')}`);
  const when = attribute(results.campaign.startedAt);
  return xml`  <testsuite name="${name}" timestamp="${when}" ${attributes(countsOf(tests, strict))}>
${tests.map((test) => testCase(test, strict))}  </testsuite>
`;
}

/** An incomplete campaign must not look green because the tests that it reached passed. */
function incompleteSuite({ campaign }: Results): Markup {
  const reason = attribute(campaign.incompleteReason ?? 'the campaign ended early');
  return xml`  <testsuite name="campaign" tests="1" failures="0" errors="1" skipped="0" time="0.000">
    <testcase classname="mos-conformance.campaign" name="The campaign is complete" time="0.000"><error message="${reason}" type="Incomplete"/></testcase>
  </testsuite>
`;
}

/**
 * The campaign as JUnit XML, one suite a group: a fail on a must is a failure, error and inconc are errors, a fail on
 * a should or may is a pass with its remark in system-out, whatever did not run is skipped with its reason. An
 * incomplete campaign has one error of its own.
 */
export function junitXml(results: Results): string {
  const groups = new Map<string, TestResult[]>();
  for (const test of results.tests) {
    const own = groups.get(test.group);
    if (own) own.push(test);
    else groups.set(test.group, [test]);
  }
  const total = countsOf(results.tests, results.campaign.selection.strict);
  const cut = results.campaign.complete ? 0 : 1;
  const counts = { ...total, tests: total.tests + cut, errors: total.errors + cut };
  const suites = [...groups].map(([group, tests]) => suite(group, tests, results));
  const name = attribute(`mos-conformance ${results.device.name}`);
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}" ${attributes(counts)}>
${suites}${cut > 0 && incompleteSuite(results)}</testsuites>
`.text;
}
