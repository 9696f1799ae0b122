import type { CloseOutcome } from '../results/outcome.ts';
import type { RequirementResult, Results, TestResult } from '../results/results.ts';
import type { Applicability, Level, Verdict } from '../results/verdict.ts';

/** Whether a fail at this level counts against the device, or is a remark or a note. */
export function failsDevice(level: Level, strict: boolean): boolean {
  return level === 'must' || (strict && level === 'should');
}

/** Whether the test accuses the device. */
export function isFailure(test: TestResult, strict: boolean): boolean {
  return test.applicability === 'selected' && test.verdict === 'fail' && failsDevice(test.level, strict);
}

/** Whether the test ran and ended without a verdict about the device. */
function isWithoutVerdict(test: TestResult): boolean {
  return test.applicability === 'selected' && ['inconc', 'error', 'none'].includes(test.verdict);
}

/** The tests that accuse the device, in the order in which they ran. */
export function failures(results: Results): TestResult[] {
  return results.tests.filter((test) => isFailure(test, results.campaign.selection.strict));
}

/** The tests that ran and ended without a verdict. */
export function withoutVerdict(results: Results): TestResult[] {
  return results.tests.filter(isWithoutVerdict);
}

const VERDICT_WORDS: Record<Verdict, string> = {
  none: 'no verdict',
  pass: 'pass',
  inconc: 'inconclusive',
  fail: 'fail',
  error: 'error',
};

/** A verdict at a level as one word for a reader: a failed should is a remark, a failed may a note. */
function verdictWord(verdict: Verdict, level: Level, strict: boolean): string {
  if (verdict === 'fail' && !failsDevice(level, strict)) return level === 'should' ? 'remark' : 'note';
  return VERDICT_WORDS[verdict];
}

/** What became of a test in one or two words. */
export function testWord(test: TestResult, strict: boolean): string {
  return test.applicability === 'selected'
    ? verdictWord(test.verdict, test.level, strict)
    : test.applicability;
}

/** What became of a requirement in one or two words. */
export function requirementWord(requirement: RequirementResult, strict: boolean): string {
  return verdictWord(requirement.verdict, requirement.level, strict);
}

/** What the words for the end of a connection mean, in the order in which they are listed. */
export const CLOSE_OUTCOMES: Readonly<Record<CloseOutcome, string>> = {
  clean: 'the device sent its FIN within the release time',
  late: 'the device sent its FIN, but after the release time',
  'reset by device': 'the device ended the connection with RST',
  'reset by us': 'a reply met our closed end and our own TCP reset the connection; it counts as released',
  'never closed': 'no FIN and no RST came from the device while it was watched',
  vanished: 'our end disappeared without FIN or RST, as the test wanted it',
  'aborted by us': 'the test ended the connection with RST',
  open: 'still open when the test ended',
  refused: 'the device did not take the connection',
  unknown: 'how it ended could not be seen',
};

/** What the words of the other axis mean: why a test has no verdict. */
export const APPLICABILITIES: Readonly<Record<Exclude<Applicability, 'selected'>, string>> = {
  'not applicable': 'the test needs something that this device need not have',
  'not selected': 'left out by the choice of tests for this campaign',
  'not permitted': 'needs a permission that was not given',
  'not run': 'the device was lost or the campaign ended before it',
  waived: 'set aside in the device file',
};

/** The title of a fault as a sentence without its full stop: the catalogue says what "the device" does. */
export function accusation(title: string): string {
  return /^[a-z]/.test(title) ? `The device ${title}` : title;
}
