import { explanationsOf } from '../../src/commands/explanations.ts';
import { portsInWords, suitesFor } from '../../src/commands/list.ts';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import { BUILTIN_GROUPS, type Group } from '../../src/suite/groups.ts';
import { TIERS, type Suite, type TestCase } from '../../src/suite/model.ts';
import { meaningOf } from '../../src/judge/meaning.ts';
import { blocks, code, GENERATED_NOTE, listed, plain, table } from './markdown.ts';

const INTRODUCTION = `Every test of the built-in suites, in the order in which a campaign runs them. The steps are the suite itself: what stands
here is what is played. [Writing a suite](writing-a-suite.md) explains the verbs; \`mos-conformance explain ID\` says the
same in a terminal.

A test runs once for each port that the device declares, unless it says otherwise; the key of a run is \`REL-02@lower\`.
\`--tier quick\` runs the quick tests, \`standard\` (the default) the quick and the standard ones, \`soak\` all. What is
_needed_ is a [permission](device-file.md#allow). The level of a requirement decides what a failure is: a failed must
fails the device, a failed should is a remark, a failed may is a note. AP is the paper of 2001; see
[the paper and RFC 9293](reading-a-certificate.md#the-paper-of-2001-and-rfc-9293).`;

const SANITY = `Three tests are built in and have no file. A failure of the first and the last is about the connection between harness and device, not about one
behaviour.

- \`SAN-OPEN\` comes first. It shows the observers a peer of our own that is closed, half-closed and reset, so that no device
  is judged by an observer that sees nothing. Then it asks each port once and notes the device's habits: what it answers,
  how fast, in which encoding, whether it closes after each reply, whether it closes an older connection of the same
  newsroom. Where no port answers, one sentence says why, nothing else runs, and the campaign is inconclusive.
- \`SAN-LEFT\` follows every connection that any test, probe or sanity check has closed, until it is released or \`lateTime\`
  has passed, and fails for what a device keeps though no test asked: it says how many connections were left behind, to which
  tests they belonged and what had been sent on them. What a test has failed for already is not charged again.
- \`SAN-CLOSE\` comes last. Every port that answered at first must still serve.

After each test in between, every port must serve again within \`recoveryTime\`. Where one does not, that test fails with
\`device lost\`, and the rest are not run, unless the device file has a [\`restart\`](device-file.md#restart) command.`;

/** `docs/tests.md`: what every test does, what it covers and what it needs. */
export function testsPage(): string {
  const suites = suitesFor([]);
  const groups = BUILTIN_GROUPS.filter(
    ({ id }) => id !== 'SANITY' && suites.some((suite) => suite.group === id),
  );
  const page = blocks(
    GENERATED_NOTE,
    '# The tests',
    INTRODUCTION,
    overview(groups, suites),
    '## SANITY: sanity',
    SANITY,
    ...groups.map((group) => groupBlock(group, suites)),
  );
  return `${page}\n`;
}

function overview(groups: readonly Group[], suites: readonly Suite[]): string {
  const rows = groups.map((group) => {
    const tests = suites.filter((suite) => suite.group === group.id).flatMap((suite) => suite.tests);
    const counts = TIERS.map((tier) => String(tests.filter((test) => test.tier === tier).length));
    return [`[${group.id}](#${anchor(headingOf(group))})`, group.title, ...counts];
  });
  return table(['Group', 'About', ...TIERS], rows);
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/** The heading of a group. */
function headingOf({ id, title }: Group): string {
  return `${id}: ${title}`;
}

function groupBlock(group: Group, suites: readonly Suite[]): string {
  const own = suites.filter((suite) => suite.group === group.id);
  return blocks(`## ${headingOf(group)}`, ...own.map((suite) => suiteBlock(suite, suites)));
}

function suiteBlock(suite: Suite, suites: readonly Suite[]): string {
  return blocks(
    `### ${suite.title}`,
    blocks(plain(suite.intro), `From [${suite.path}](../${suite.path}).`),
    ...suite.tests.map((test) => testBlock(test, suites)),
  );
}

function testBlock(test: TestCase, suites: readonly Suite[]): string {
  const meaning = byWeight(test.covers)
    .map(meaningOf)
    .find((text) => text !== undefined);
  return blocks(
    `#### ${test.id}`,
    `**${plain(test.title)}.** ${conditions(test)}`,
    code('yaml', stepsOf(test)),
    table(['Requirement', 'Level', 'The device …', 'Source'], test.covers.map(requirementRow)),
    meaning && `A failure means: ${plain(meaning)}`,
    faultsLine(test, suites),
  );
}

/** The musts first: what fails the device is what a reader wants to know. */
function byWeight(ids: readonly string[]): string[] {
  const levels = ['must', 'should', 'may'];
  const weight = (id: string): number => levels.indexOf(REQUIREMENTS.get(id)?.level ?? 'may');
  return ids.toSorted((a, b) => weight(a) - weight(b));
}

function conditions(test: TestCase): string {
  const runs = `Runs ${test.each === 'once' ? 'once' : `on ${portsInWords(test.each)}`}`;
  const needs = test.permissions.map((permission) => `\`${permission}\``);
  return `${runs}; tier ${test.tier}; needs ${listed(needs) || 'no permission'}.`;
}

/** The steps as written, from their own margin; the head of the test is told in words. */
function stepsOf({ source }: TestCase): string {
  const lines = source.split('\n');
  const first = lines.findIndex((line) => /^\s*steps:/.test(line));
  return lines.slice(first).join('\n').trimEnd();
}

function requirementRow(id: string): string[] {
  const known = REQUIREMENTS.get(id);
  return [id, known?.level ?? '', plain(known?.text ?? ''), known?.source ?? ''];
}

function faultsLine(test: TestCase, suites: readonly Suite[]): string | undefined {
  const found = explanationsOf(test.id, suites).find((one) => one.kind === 'test');
  const faults = found?.kind === 'test' ? found.faults : [];
  if (faults.length === 0) return undefined;
  return `Faults that break what it covers: ${faults.map((id) => `[${id}](faults.md#${id})`).join(', ')}.`;
}
