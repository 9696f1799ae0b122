import { AssertionError, use } from 'chai';
import { formatUs, msToUs, nowUs } from '../history/clock.ts';
import type { SocketState, Vantage } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import type { CloseOutcome } from '../results/outcome.ts';
import { joinJudgements, type Judgement } from './judgement.ts';
import { deadlineStartUs, judgeOutcome, judgeState, judgeStaysOpen } from './predicates.ts';
import { judgeReleased, type ReleaseOptions } from './released.ts';
import { settle } from './settle.ts';
import { toldBy, type Concluded } from './concluded.ts';
import { viewOf, type ConnectionView } from './view.ts';

/** What an expectation is about: one connection or a group, with the history that knows them. */
export interface Subject {
  names: readonly string[];
  history: History;
  look?: () => void | Promise<void>;
  /** For how long this process has stood still so far, in microseconds. */
  lagUs?: () => number;
  signal?: AbortSignal;
  proxied?: boolean;
  /** ms that a FIN may take; separates clean from late. */
  releaseMs?: number;
}

/** An expectation that did not pass. Carries how it was concluded, so that nobody parses the message. */
export class ExpectationError extends AssertionError<object> {
  readonly concluded: Concluded;
  constructor(expected: string, concluded: Concluded) {
    const actual = toldBy(concluded);
    super(`expected ${expected}, but ${actual}`, { showDiff: true, expected, actual });
    this.concluded = concluded;
  }
}

interface Prepared {
  expected: string;
  judge: (view: ConnectionView) => Judgement;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Chai {
    interface Assertion {
      /** The device's end is gone or in TIME_WAIT and ours is released too. */
      released(ends?: ReleaseOptions['ends']): Assertion;
      /** One end is, or has been, in one of these states. */
      reach(state: SocketState | readonly SocketState[], at?: Vantage): Assertion;
      /** The connection ended in one of these ways. */
      outcome(...outcomes: CloseOutcome[]): Assertion;
      /** Neither a FIN nor a reset of the device comes for so long (ms). */
      stayOpen(ms: number): Promise<Concluded>;
    }
    interface NumericComparison {
      /** Within so many ms of our last act on the connection; rejects with an ExpectationError. */
      within(ms: number): Promise<Concluded>;
    }
  }
}

/**
 * The chai plugin: `await expect(connection).to.reach('TIME_WAIT').within(5000)`. Deadlines run from our last
 * act on the connection, not from the call.
 */
export function socketAssertions(chai: Chai.ChaiStatic, { flag }: Chai.ChaiUtils): void {
  const prepare = (assertion: object, prepared: Prepared): void => flag(assertion, 'prepared', prepared);
  const { Assertion } = chai;
  Assertion.addMethod(
    'released',
    function (this: Chai.AssertionStatic, ends: ReleaseOptions['ends'] = 'both') {
      const subject = flag(this, 'object') as Subject;
      const options = { ends, proxied: subject.proxied === true };
      prepare(this, { expected: describeRelease(ends), judge: (view) => judgeReleased(view, options) });
    },
  );
  Assertion.addMethod(
    'reach',
    function (this: Chai.AssertionStatic, state: SocketState | SocketState[], at: Vantage = 'ncs') {
      const states = Array.isArray(state) ? state : [state];
      const expected = `${states.join(' or ')} ${at === 'ncs' ? 'at our end' : 'at the device'}`;
      prepare(this, { expected, judge: (view) => judgeState(view, states, at) });
    },
  );
  Assertion.addMethod('outcome', function (this: Chai.AssertionStatic, ...outcomes: CloseOutcome[]) {
    const subject = flag(this, 'object') as Subject;
    const releaseUs = msToUs(subject.releaseMs ?? Infinity);
    const expected = `the connection to end ${outcomes.join(' or ')}`;
    prepare(this, { expected, judge: (view) => judgeOutcome(view, outcomes, releaseUs) });
  });
  Assertion.addMethod('stayOpen', function (this: Chai.AssertionStatic, ms: number) {
    const subject = flag(this, 'object') as Subject;
    const untilUs = nowUs() + msToUs(ms);
    const expected = `the connection to stay open for ${formatUs(msToUs(ms))}`;
    const prepared = { expected, judge: (view: ConnectionView) => judgeStaysOpen(view, untilUs) };
    return conclude(subject, prepared, untilUs + 1);
  });
  Assertion.overwriteMethod(
    'within',
    (original: (...args: unknown[]) => void) =>
      function (this: Chai.AssertionStatic, ...args: unknown[]) {
        const prepared = flag(this, 'prepared') as Prepared | undefined;
        if (!prepared) return original.apply(this, args);
        const subject = flag(this, 'object') as Subject;
        const ms = args[0] as number;
        const within = `${prepared.expected} within ${formatUs(msToUs(ms))}`;
        return conclude(subject, { ...prepared, expected: within }, deadlineOf(subject, ms));
      },
  );
}

function describeRelease(ends: ReleaseOptions['ends']): string {
  if (ends === 'device') return "the device's end to be gone or in TIME_WAIT";
  if (ends === 'ncs') return 'our end to be in TIME_WAIT or gone';
  return 'the connection to be released at both ends';
}

function deadlineOf(subject: Subject, ms: number): number {
  const starts = subject.names.map((name) => deadlineStartUs(viewOf(name, subject.history.of(name))));
  return Math.max(...starts) + msToUs(ms);
}

async function conclude(subject: Subject, prepared: Prepared, deadlineUs: number): Promise<Concluded> {
  const { history } = subject;
  const judge = (): Judgement =>
    joinJudgements(subject.names.map((name) => prepared.judge(viewOf(name, history.of(name)))));
  const concluded = await settle(judge, {
    history,
    deadlineUs,
    ...(subject.look && { look: subject.look }),
    ...(subject.lagUs && { lagUs: subject.lagUs }),
    ...(subject.signal && { signal: subject.signal }),
  });
  if (concluded.outcome !== 'pass') throw new ExpectationError(prepared.expected, concluded);
  return concluded;
}

use(socketAssertions as never);
