import { failuresOf, type CloseKind } from '../../history/churn/tally.ts';
import { msToUs, nowUs } from '../../history/clock.ts';
import type { PortName } from '../../history/facts.ts';
import type { Waited } from '../../history/history.ts';
import type { ChurnOptions } from '../../ncs/churn/options.ts';
import type { RequestSeries } from '../../ncs/churn/requests.ts';
import { MOST_EXTRA_CYCLES } from '../../ncs/churn/schedule.ts';
import { absenceProves, readHostCounters } from '../../observe/counters.ts';
import type { StepOf } from '../../suite/model.ts';
import { partName } from '../../suite/our-names.ts';
import { describeChurn } from '../../judge/churn/describe.ts';
import type { ChurnTrial } from '../../judge/churn/trial.ts';
import { playChurn } from '../churn/play.ts';
import { compose } from '../compose.ts';
import type { TestRun } from '../run.ts';
import { failedStep } from '../step-failure.ts';
import { attend } from './beside.ts';
import { open, refuseTooMany, REST_MS, SPARE_CONNECTIONS, untilRoomy } from './connect.ts';
import { closeConnection } from './end.ts';
import { awaitAnswer } from './await-answer.ts';
import { sendOn } from './send.ts';

/** So many times as long as after a close. */
const RESETS_REST = 4;

type ChurnStep = StepOf<'churn'>;

/** Connections at once from which a limit that nobody declared may be the reason for a refusal. */
const CROWD = 10;

/**
 * A device that takes longer than this, in ms, for its first release does few cycles in any time: its connections take
 * their places until then. It gets less time for them.
 */
const PROMPT_RELEASE_MS = 100;
const SHORT_CHURN_MS = 1_000;

/** ms that show enough of a churn on a port where the device was shown never to let go of a connection. */
const ENOUGH_MS = 500;

/** What `mixed` stands for. */
const MIXED: readonly CloseKind[] = ['close', 'half-close', 'abort'];

/**
 * Opens, uses and ends connections by the hundred and keeps what became of them for the expectations. One
 * connection goes before: the device may still be busy with the test before, and the report has one to show.
 */
export async function churn(run: TestRun, step: ChurnStep): Promise<void> {
  refuseTooMany(run);
  await run.act();
  await untilRoomy(run);
  const [port = 'upper'] = run.ports(step.port);
  const unasked = whyUnasked(run, step, port);
  const isPrompt = await openFirst(run, step, port, unasked === undefined);
  const options = optionsOf(run, step, port, unasked === undefined);
  if (!isPrompt && !run.context.target.given.has('churnTime'))
    options.timeMs = Math.min(options.timeMs, SHORT_CHURN_MS);
  const concurrency = Math.min(options.concurrency, options.mostOpen);
  noteScale(run, step, options.concurrency, concurrency);
  run.history.record({
    kind: 'act',
    act: 'churn',
    detail: `${options.cycles} connections to the ${port} port, ${concurrency} at once, ended by ${step.close}`,
  });
  const before = readHostCounters();
  const { report, beside } = await playToTheEnd(run, step, options);
  const { target } = run.context;
  const limit = target.maxConnections;
  const trial: ChurnTrial = {
    report,
    concurrency,
    absenceProves: absenceProves(before, readHostCounters()),
    means: run.context.lookup ? [run.context.lookup.means, 'descriptor'] : ['descriptor'],
    replyMs: target.times.replyTime,
    releaseMs: target.times.releaseTime,
    ...(unasked !== undefined && { unasked }),
    ...(beside && { beside }),
    ...(concurrency > CROWD && !target.given.has('connections') && { assumedLimit: limit }),
  };
  run.churns.set(step.as, trial);
  for (const { about, text } of describeChurn(step.as, trial))
    run.history.record({ kind: 'note', about, text });
}

/**
 * The query port owes no answer to what can be asked: where it gave none, nothing is asked. Nor is a device that cuts
 * its replies: they are held against it elsewhere, once.
 */
function whyUnasked(run: TestRun, step: ChurnStep, port: PortName): string | undefined {
  if (step.message === 'none') return 'nothing was asked';
  if (run.context.habits[port]?.cutsReplies) return 'nothing was asked, because the device cuts its replies';
  const answers = run.context.habits.query?.answers;
  if (port !== 'query' || answers === undefined || answers === 'reply') return undefined;
  return `nothing was asked, because the query port owes no answer and gave none (${answers})`;
}

/** @returns whether it was released at once, as far as that is not known before */
async function openFirst(run: TestRun, step: ChurnStep, port: PortName, asks: boolean): Promise<boolean> {
  const name = run.nextName(partName(step.as, 'first'));
  const first = await open(run, { name, port });
  run.enter(name, [first]);
  if (asks) {
    const { replyTime } = run.context.target.times;
    const request = await sendOn(run, first, step.message === undefined ? {} : { message: step.message });
    const result = await awaitAnswer(run, first, request, replyTime);
    if (!result.came) {
      throw failedStep('answer', 'an answer on the first connection', result.symptom, [name]);
    }
  }
  await closeConnection(run, first);
  if (run.context.neverReleases(port)) return true;
  const released = (): boolean => !run.held.includes(first);
  const { signal, turn } = run.context;
  const wait = (): Promise<Waited> =>
    run.history.until(released, nowUs() + msToUs(PROMPT_RELEASE_MS), signal);
  // Nobody else is to come between this connection and the others.
  return (await (turn ? turn.proving(wait) : wait())) === 'held';
}

function optionsOf(run: TestRun, step: ChurnStep, port: PortName, asks: boolean): ChurnOptions {
  const { target, lookup, signal } = run.context;
  const { times } = target;
  const others = run.held.length + run.context.besides();
  const concurrency = run.values.count(step.concurrency);
  const mostOpen = Math.max(1, target.maxConnections - SPARE_CONNECTIONS - others);
  const isTight = concurrency >= mostOpen || target.given.has('connections');
  return {
    remote: { address: target.address, port: target.ports[port] ?? 0 },
    cycles: run.values.count(step.cycles),
    concurrency,
    mostOpen,
    restMs: isTight ? restAfter(step.close) : 0,
    timeMs: run.values.ms(step.within),
    atLeast: Math.min(run.values.count(step['at-least']), run.values.count(step.cycles)),
    connectMs: times.connectTime,
    replyMs: times.replyTime,
    releaseMs: times.releaseTime,
    closes: closesOf(run, step),
    encoding: target.encoding,
    ...(step.rate !== undefined && { rate: step.rate }),
    ...(asks && { requests: requestsOf(run, step, port) }),
    ...(lookup && { lookUp: (ends) => lookup.lookup(ends) }),
    ...(run.context.neverReleases(port) && { enoughMs: ENOUGH_MS }),
    signal,
  };
}

/** ms for which a place stays empty: nothing tells us when a device has dealt with a reset. */
function restAfter(close: ChurnStep['close']): number {
  return close === 'abort' || close === 'mixed' ? RESETS_REST * REST_MS : REST_MS;
}

/** How the cycles end: where it is mixed, every three of them in the three ways, in an order that is left to chance. */
export function closesOf(run: TestRun, { as, close, cycles }: ChurnStep): readonly CloseKind[] {
  if (close !== 'mixed') return [close];
  const chance = run.chance(`ends of ${as}`);
  const rounds = Math.ceil(run.values.count(cycles) / MIXED.length);
  return Array.from({ length: rounds }, () => chance.shuffled(MIXED)).flat();
}

/** A message of which nothing is said is the one that the device answered in the opening sanity test. */
function requestsOf(run: TestRun, step: ChurnStep, port: PortName): RequestSeries {
  const message = step.message ?? run.context.habits[port]?.probe ?? 'heartbeat';
  const { bytes, name, messageNumber, encoding } = compose(run, { message });
  if (messageNumber !== undefined) {
    run.context.messageIds.leave(run.values.count(step.cycles) + MOST_EXTRA_CYCLES);
  }
  return { bytes, name, messageNumber, encoding };
}

function noteScale(run: TestRun, step: ChurnStep, wanted: number, had: number): void {
  if (wanted === had) return;
  const text = `${step.as}: ${had} connections at once instead of ${wanted}: the device declares a limit of ${run.context.target.maxConnections}`;
  run.history.record({ kind: 'note', about: 'harness', text });
}

type Churned = Pick<ChurnTrial, 'report' | 'beside'>;

/** A device that was thought never to let go, and did after all, is given all the cycles. */
async function playToTheEnd(run: TestRun, step: ChurnStep, options: ChurnOptions): Promise<Churned> {
  const churned = await playBeside(run, step, options);
  const { enoughMs, ...whole } = options;
  const { ended, tally } = churned.report;
  const isTold = enoughMs === undefined || ended !== 'refuted' || failuresOf(tally) > 0;
  if (isTold) return churned;
  await run.act();
  return playBeside(run, step, whole);
}

/**
 * Runs the churn, a long-lived connection beside it where the step names one. Others may act once it only watches what
 * is never let go; what is let go late takes places that they would want.
 */
async function playBeside(run: TestRun, step: ChurnStep, options: ChurnOptions): Promise<Churned> {
  const [long] = step.beside === undefined ? [] : run.latest(step.beside);
  const means = run.context.lookup?.means;
  let lasts = true;
  const attending = long && attend(run, long, () => lasts);
  let aside: Promise<void> | undefined;
  const onWatching = (): void => {
    lasts = false;
    if (options.enoughMs === undefined) return;
    aside = Promise.resolve(attending).then(() => run.context.turn?.stepAside('watches'));
  };
  const report = await playChurn({ ...options, onWatching }, { means }).finally(() => (lasts = false));
  await aside;
  const beside = await attending;
  return { report, ...(beside && { beside }) };
}
