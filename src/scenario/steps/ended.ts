import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { Expectation, Step } from '../../suite/model.ts';
import { joinJudgements, type Judgement } from '../../verdict/judgement.ts';
import { judgeEnded } from '../../verdict/predicates.ts';
import { settle } from '../../verdict/settle.ts';
import { viewOf } from '../../verdict/view.ts';
import type { TestRun } from '../run.ts';

type ExpectStep = Extract<Step, { verb: 'expect' }>;

/** Waits, from now on, for the device to end the connections of the newest batch by itself. */
export async function ended(
  run: TestRun,
  step: ExpectStep,
  what: Extract<Expectation, { kind: 'ended' }>,
): Promise<void> {
  const names = run.latest(what.on).map((connection) => connection.name);
  const within = msToUs(run.values.ms(what.within));
  const judge = (): Judgement =>
    joinJudgements(names.map((name) => judgeEnded(viewOf(name, run.history.of(name)))));
  const settled = await settle(judge, {
    history: run.history,
    deadlineUs: nowUs() + within,
    look: () => run.watch.look(),
    signal: run.context.signal,
  });
  const expected = `the device to end the connection within ${formatUs(within)}`;
  run.assert({ covers: step.covers, expected, connections: names }, settled.outcome, settled);
}
