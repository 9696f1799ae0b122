import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { ExpectationOf, StepOf } from '../../suite/model.ts';
import { joinJudgements, type Judgement } from '../../judge/judgement.ts';
import { judgeEnded } from '../../judge/predicates.ts';
import { settle } from '../../judge/settle.ts';
import { viewOf } from '../../judge/view.ts';
import type { TestRun } from '../run.ts';

type ExpectStep = StepOf<'expect'>;

/** Waits, from now on, for the device to end the connections of the newest batch by itself. */
export async function ended(run: TestRun, step: ExpectStep, what: ExpectationOf<'ended'>): Promise<void> {
  const names = run.latest(what.on).map((connection) => connection.name);
  const within = msToUs(run.values.ms(what.within));
  const judge = (): Judgement =>
    joinJudgements(names.map((name) => judgeEnded(viewOf(name, run.history.of(name)))));
  const concluded = await settle(judge, {
    history: run.history,
    deadlineUs: nowUs() + within,
    look: () => run.watch.look(),
    signal: run.context.signal,
  });
  const expected = `the device to end the connection within ${formatUs(within)}`;
  run.assert({ covers: step.covers, about: 'staying-open', expected, connections: names }, concluded);
}
