import type { StepOf } from '../../suite/model.ts';
import type { TestRun } from '../run.ts';
import { exchangeOnce } from './exchange-once.ts';
import { exchangeSplit } from './split-exchange.ts';

type ExchangeStep = StepOf<'exchange'>;

/** Sends a request and waits for its answer, on every connection of the newest batch. */
export async function exchange(run: TestRun, step: ExchangeStep): Promise<void> {
  const times = step.times === undefined ? 1 : run.values.count(step.times);
  const withinMs =
    step.within === undefined ? run.context.target.times.replyTime : run.values.ms(step.within);
  if (step.splits) return exchangeSplit(run, step, step.splits, withinMs);
  for (let round = 0; round < times; round += 1) {
    const batch = run.latest(step.on);
    const next = await Promise.all(
      batch.map((one) => exchangeOnce(run, one, step, { withinMs, on: step.on })),
    );
    if (next.some((connection, index) => connection !== batch[index])) run.enter(step.on, next);
  }
}
