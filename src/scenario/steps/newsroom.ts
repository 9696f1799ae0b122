import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { PortName } from '../../history/facts.ts';
import { measured } from '../../history/symptoms.ts';
import { passed } from '../../judge/concluded.ts';
import { sentenceOf } from '../../judge/sentences/sentence.ts';
import { Answering } from '../../ncs/answering.ts';
import type { Call } from '../../ncs/call.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { AnswerRule, Listener } from '../../ncs/listener.ts';
import { untilCall } from '../../ncs/newsroom.ts';
import { namedAnswer, usualAnswer, type NcsIdentity } from '../../ncs/usual-answers.ts';
import type { StepOf } from '../../suite/model.ts';
import { parseXml } from '../../wire/xml.ts';
import type { Listening } from '../listening.ts';
import type { TestRun } from '../run.ts';
import { brokenStep, failedStep, NotApplicable, unplayedStep } from '../step-failure.ts';

/** Gives a name to the NCS's own port of the same name as a port of the device, where it listens at all. */
export function listen(run: TestRun, step: StepOf<'listen'>): void {
  const { newsroom } = run.context;
  const wanted = step.port === 'each' ? [run.port ?? 'lower'] : run.ports(step.port);
  const found = wanted.flatMap((port): Listening[] => {
    const problem = newsroom.problems.get(port);
    if (problem !== undefined) throw unplayedStep('the NCS to listen for the device', problem);
    const listener = newsroom.listener(port);
    return listener ? [{ listener, taken: [] }] : [];
  });
  if (found.length === 0) {
    throw new NotApplicable(
      `the device file names no ${wanted.join(' or ')} port of the NCS for a device that dials (listen:)`,
    );
  }
  run.listening.set(step.as, found);
  run.history.record({ kind: 'act', act: 'listen', detail: ports(found).join(', ') });
}

function ports(found: readonly Listening[]): string[] {
  return found.map(({ listener }) => `${listener.portName} ${listener.port}`);
}

/**
 * Takes over a connection that the device dialled: one that stands, unless this test has ended one before; then
 * only what was dialled afterwards counts. It waits for the device to dial where there is none.
 */
export async function accept(run: TestRun, step: StepOf<'accept'>): Promise<void> {
  const found = listeningAs(run, step.on);
  const withinMs =
    step.within === undefined ? run.context.target.times.recoveryTime : run.values.ms(step.within);
  const startUs = nowUs();
  for (;;) {
    for (const listening of found) {
      const call = nextCall(listening);
      if (!call) continue;
      listening.taken.push(call);
      return enter(run, step, call, startUs);
    }
    const leftMs = withinMs - (nowUs() - startUs) / 1_000;
    if (leftMs <= 0 || run.context.signal.aborted) break;
    await untilCall(listenersOf(found), leftMs, run.context.signal);
  }
  const none = measured('no-dial', { withinUs: msToUs(withinMs) }, { quote: ports(found).join(', ') });
  if (step.covers.length === 0 && run.assertions.length === 0) throw new NotApplicable(sentenceOf(none));
  throw failedStep('own-request', 'the device to dial the NCS', none);
}

function nextCall({ listener, taken }: Listening): Call | undefined {
  const sinceUs = Math.max(0, ...taken.map((call) => call.endedByUs ?? 0));
  return listener.calls.find(
    (call) => call.isOpen && !call.isLent && !taken.includes(call) && call.openedUs >= sinceUs,
  );
}

function listenersOf(found: readonly Listening[]): Listener[] {
  return found.map(({ listener }) => listener);
}

function enter(run: TestRun, step: StepOf<'accept'>, call: Call, startUs: number): void {
  const connection = call.lend(run.history);
  if (connection.tuple) run.watch.watch(connection.name, connection.tuple);
  void run.watch.look();
  run.enter(step.as, [connection]);
  if (step.covers.length === 0) return;
  const stood =
    call.openedUs < startUs ? 'before it was waited for' : `after ${formatUs(call.openedUs - startUs)}`;
  const expected = 'the device to dial the NCS';
  const input = { covers: step.covers, about: 'own-request' as const, expected };
  run.assert({ ...input, connections: [connection.name] }, passed(`it dialled ${stood}`));
}

/** From now on, and until the test ends, a message of the device is answered otherwise than usual. */
export function answer(run: TestRun, step: StepOf<'answer'>): void {
  const rule = ruleOf(run, step);
  const listening = run.listening.get(step.on);
  if (listening) {
    for (const { listener } of listening) listener.answerBy(rule);
    return;
  }
  for (const connection of run.latest(step.on)) {
    if (connection.direction === 'to device') answerOn(run, connection, rule);
    else listenerOf(run, connection.portName)?.answerBy({ ...rule, connection: connection.name });
  }
}

/** On a connection that we opened nothing is answered of itself; what no rule is about goes to the rule before. */
function answerOn(run: TestRun, connection: Connection, rule: AnswerRule): void {
  const before = connection.onReceived;
  const answering = new Answering(connection, run.history, {
    identity: identityOf(run),
    answer: rule.answer,
  });
  let left = rule.times ?? Infinity;
  connection.onReceived = (received) => {
    if (received.message.name !== rule.to || left <= 0) return before?.(received);
    left -= 1;
    void answering.take(received);
  };
}

function identityOf(run: TestRun): NcsIdentity {
  const { mosId, ncsId, revision } = run.context.target;
  return { mosId, ncsId, revision };
}

function ruleOf(run: TestRun, step: StepOf<'answer'>): AnswerRule {
  const identity = identityOf(run);
  const delay = step.delay === undefined ? {} : { delayMs: run.values.ms(step.delay) };
  return {
    to: step.to,
    ...(step.times !== undefined && { times: run.values.count(step.times) }),
    answer: ({ message }) => {
      if (step.not) return undefined;
      const body =
        step.with === undefined
          ? usualAnswer(message, identity)
          : (written(run, step.with) ?? namedAnswer(step.with, message, identity));
      return body && { body, ...delay };
    },
  };
}

/** An answer given as XML; undefined where it is the name of a message. */
function written(run: TestRun, answer: string): ReturnType<typeof parseXml>['root'] {
  return answer.trimStart().startsWith('<') ? parseXml(run.values.text(answer)).root : undefined;
}

function listenerOf(run: TestRun, port: PortName | undefined): Listener | undefined {
  return port === undefined ? undefined : run.context.newsroom.listener(port);
}

function listeningAs(run: TestRun, name: string): Listening[] {
  const found = run.listening.get(name);
  if (!found) throw brokenStep(`a listener called ${name}`, `nothing listens as ${name}`);
  return found;
}
