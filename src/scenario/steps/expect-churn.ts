import type { ChurnCheck } from '../../history/churn/checks.ts';
import type { ExpectationOf, StepOf } from '../../suite/model.ts';
import { judgeChurn } from '../../judge/churn/judge.ts';
import type { TestRun } from '../run.ts';
import { brokenStep } from '../step-failure.ts';
import { releaseLevel } from './release-level.ts';

type ExpectStep = StepOf<'expect'>;

/** The probability with which the interval of a slope may miss it, where the suite does not say. */
const LEVEL = 0.05;

/** What is judged by the state of our own end. */
const RELEASE: readonly ChurnCheck[] = ['released', 'slope'];

/** Judges one aspect of a churn and records what became of it. */
export function expectChurn(run: TestRun, step: ExpectStep, what: ExpectationOf<'churn'>): void {
  recordCheck(run, step, what.on, what.churn, what.level);
}

/** The release of every connection of a churn, as `released` asks for it. */
export function churnReleased(run: TestRun, step: ExpectStep, name: string): void {
  recordCheck(run, step, name, 'released');
}

function recordCheck(run: TestRun, step: ExpectStep, name: string, check: ChurnCheck, level = LEVEL): void {
  const trial = run.churns.get(name);
  if (!trial) throw brokenStep(`a churn called ${name}`, 'there was none');
  const { expected, concluded } = judgeChurn(check, trial, level);
  const weaker = RELEASE.includes(check) ? releaseLevel(run) : undefined;
  const input = { covers: step.covers, about: 'load' as const, expected, connections: [name] };
  run.assert({ ...input, ...(weaker && { level: weaker }) }, concluded);
}
