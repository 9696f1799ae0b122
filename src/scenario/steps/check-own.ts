import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { Fact } from '../../history/facts.ts';
import { failed, passed } from '../../judge/concluded.ts';
import { requirement } from '../../requirements/catalogue.ts';
import type { PortHabits } from '../../results/results.ts';
import type { Level } from '../../results/verdict.ts';
import type { OwnCheckName } from '../../suite/checks.ts';
import type { StepOf } from '../../suite/model.ts';
import { OWN_CHECKS, readOwnTraffic, type OwnCheck, type OwnTraffic } from '../../checks/own-requests.ts';
import type { TestRun } from '../run.ts';
import { NotApplicable } from '../step-failure.ts';

const CHECKS: Readonly<Record<OwnCheckName, OwnCheck>> = OWN_CHECKS;

const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/** ms within which an answer to our answer comes, beside twice the device's usual time to a reply. */
const ECHO_MS = 200;

/** What is asked about the device's own requests on one connection. */
interface OwnRequest {
  on: string;
  own: OwnCheckName;
  to?: string;
  for: Parameters<TestRun['values']['ms']>[0];
}

/**
 * Watches for a while what the device sends of its own accord and judges it. A device that sent nothing that could
 * be judged is not accused: nothing says when it has to.
 */
export async function checkOwn(run: TestRun, step: StepOf<'expect'>, what: OwnRequest): Promise<void> {
  const check = CHECKS[what.own];
  const names = run.latest(what.on).map(({ name }) => name);
  const echoUs = msToUs(ECHO_MS + 2 * Math.max(0, ...Object.values(run.context.habits).map(replyMs)));
  const traffic = (): OwnTraffic => readOwnTraffic(factsOf(run, what.on), echoUs);
  const forMs = run.values.ms(what.for);
  const refuted = (): boolean => check.find(traffic(), what.to).length > 0;
  await run.history.until(refuted, nowUs() + msToUs(forMs), run.context.signal);
  const seen = traffic();
  const found = check.find(seen, what.to);
  if (found.length === 0 && !check.enough(seen, what.to)) {
    throw new NotApplicable(
      `the device sent too little of its own in ${formatUs(msToUs(forMs))} to judge by`,
    );
  }
  const about = { about: 'own-request' as const, expected: check.expected, connections: names };
  if (found.length === 0) {
    const actual = `it is so for ${seen.requests.length} request${seen.requests.length === 1 ? '' : 's'}`;
    run.assert({ ...about, covers: step.covers }, passed(actual));
  }
  for (const { symptom, level } of found.slice(0, 5)) {
    for (const id of step.covers) {
      const own = requirement(id).level;
      const weaker = level && LEVELS.indexOf(level) > LEVELS.indexOf(own) ? level : own;
      run.assert({ ...about, covers: [id], level: weaker }, failed(symptom));
    }
  }
}

/** Everything that passed on a connection of the device, also before the test took it over. */
function factsOf(run: TestRun, name: string): readonly Fact[] {
  return run.latest(name).flatMap((connection) => {
    const listener = connection.portName && run.context.newsroom.listener(connection.portName);
    const call = listener?.calls.find((one) => one.connection === connection);
    return call ? call.history.facts : run.history.of(connection.name);
  });
}

function replyMs(habits: PortHabits): number {
  return habits.replyMs ?? 0;
}
