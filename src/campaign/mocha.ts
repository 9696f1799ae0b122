import Mocha from 'mocha';
import type { AssertionResult, TestRecord, TestResult } from '../results/results.ts';
import type { Campaign } from './campaign.ts';
import { headingOf } from './campaign-plan.ts';
import { keyOf, type PlannedTest } from './plan.ts';
import { CLOSING, LEFT, OPENING } from './sanity-tests.ts';

/** A mocha test that knows the result of what it played; reporters read it. */
export interface RecordedTest extends Mocha.Test {
  record?: Pick<TestRecord, 'result'>;
}

/** The error of a test without a verdict on the device. */
class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** The error of a test in which the harness failed. */
class HarnessError extends Error {
  override readonly name = 'HarnessError';
}

/** A failed must, in the shape that mocha's reporters show with a diff. */
class AssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly showDiff = true;
  readonly expected: string;
  readonly actual: string;
  constructor(assertion: AssertionResult) {
    super(`${assertion.requirement}: expected ${assertion.expected}, but ${assertion.actual}`);
    this.expected = assertion.expected;
    this.actual = assertion.actual;
  }
}

/** Defines the tests of a campaign as mocha tests, in its order, sanity first and last. */
export function defineCampaign(
  root: Mocha.Suite,
  campaign: () => Campaign,
  planned: readonly PlannedTest[],
): void {
  const opening = Mocha.Suite.create(root, OPENING.heading);
  addTest(opening, `${OPENING.id} ${OPENING.title}`, '', () => campaign().begin());
  const suites = new Map<string, Mocha.Suite>();
  for (const one of planned) {
    const title = headingOf(one);
    const suite = suites.get(title) ?? Mocha.Suite.create(root, title);
    suites.set(title, suite);
    addTest(suite, `${keyOf(one)} ${one.test.title}`, one.test.source, () => campaign().run(one));
  }
  const closing = Mocha.Suite.create(root, CLOSING.heading);
  addTest(closing, `${LEFT.id} ${LEFT.title}`, '', () => campaign().judgeLeft());
  addTest(closing, `${CLOSING.id} ${CLOSING.title}`, '', () => campaign().end());
}

/** Adds one test that plays something and is settled by the record that comes back. */
export function addTest(
  suite: Mocha.Suite,
  title: string,
  source: string,
  play: () => Promise<Pick<TestRecord, 'result'>>,
): void {
  const test: RecordedTest = new Mocha.Test(title, async function (this: Mocha.Context) {
    const record = await play();
    test.record = record;
    settle(this, test, record);
  });
  test.body = source;
  test.timeout(0);
  suite.addTest(test);
}

/** The table of the design: which verdict is what in mocha. */
function settle(context: Mocha.Context, test: Mocha.Test, { result }: Pick<TestRecord, 'result'>): void {
  if (result.applicability !== 'selected') {
    test.title = `${test.title} (${result.applicability}: ${result.reason})`;
    context.skip();
  }
  if (result.verdict === 'fail' && result.level !== 'must') test.title = `${test.title} (remark)`;
  const error = verdictError(result);
  if (error) throw error;
}

/** The error that a result is for mocha: none for a pass and for a remark. */
export function verdictError(result: TestResult): Error | undefined {
  const { verdict, level, reason, assertions } = result;
  if (verdict === 'pass' || (verdict === 'fail' && level !== 'must')) return undefined;
  if (verdict === 'error') return withoutStack(new HarnessError(reason));
  if (verdict !== 'fail') return withoutStack(new Inconclusive(reason));
  const deciding = assertions.find((one) => one.outcome === 'fail' && one.level === level);
  return withoutStack(deciding ? new AssertionError(deciding) : new Error(reason));
}

/** A verdict on a device has no place in our code, and reports print the stack of an error. */
function withoutStack(error: Error): Error {
  error.stack = '';
  return error;
}
