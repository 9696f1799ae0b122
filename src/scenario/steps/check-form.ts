import type { Received } from '../../ncs/requests.ts';
import type { Deviation } from '../../checks/check.ts';
import { failed, notObservable, passed, type Concluded } from '../../judge/concluded.ts';
import type { Level } from '../../results/verdict.ts';
import type { StepOf } from '../../suite/model.ts';
import type { FormCheckName, FormJudgement } from '../../checks/wire.ts';
import type { TestRun } from '../run.ts';

/** Deviations of one check that are told apart; more of them say nothing new. */
const MOST_DEVIATIONS = 5;

/** Which messages are judged, by what. */
export interface FormRequest {
  /** The name of a received message, or of connections, all of whose messages are then meant. */
  on: string;
  check: FormCheckName;
  note?: true;
}

/** Judges how received messages are written. Deviations that repeat are told once, with their number. */
export async function checkForm(run: TestRun, step: StepOf<'expect'>, what: FormRequest): Promise<void> {
  const { FORM_CHECKS } = await import('../../checks/wire.ts');
  const check = FORM_CHECKS[what.check];
  const received = messagesOf(run, what.on);
  const judged = received.map(({ message }) => check.judge(message, run.context.target));
  const connections = run.connections
    .filter((one) => received.some((came) => one.received.includes(came)))
    .map(({ name }) => name);
  const say = (concluded: Concluded, level?: Level): void => {
    const weaker = what.note ? 'may' : level;
    const input = { covers: step.covers, about: 'message' as const, expected: check.expected, connections };
    run.assert({ ...input, ...(weaker && { level: weaker }) }, concluded);
  };
  const groups = grouped(judged);
  for (const { symptom, level, count } of groups.slice(0, MOST_DEVIATIONS)) {
    const share = received.length > 1 && { share: { count, of: received.length } };
    say(failed({ ...symptom, ...share }), level);
  }
  if (groups.length > 0) return;
  const unjudged = judged.flatMap((one) => one.unjudged ?? []);
  if (unjudged.length === judged.length) say(notObservable(unjudged[0] ?? 'no message came'));
  else say(passed(described(judged.length - unjudged.length, judged)));
}

/** The message received under a name, the answers to the requests of a name, or all messages of a connection's name. */
function messagesOf(run: TestRun, name: string): Received[] {
  const known = run.receivedBy.get(name);
  if (known) return [known];
  const requests = run.requests.get(name);
  if (requests) return requests.flatMap(({ answers }) => answers);
  return run.all(name).flatMap(({ received }) => received);
}

/** Deviations that are the same but for the message that shows them. */
function grouped(judged: readonly FormJudgement[]): (Deviation & { count: number })[] {
  const groups = new Map<string, Deviation & { count: number }>();
  for (const { deviations } of judged) {
    for (const deviation of deviations) {
      const { code, field, finding, quote } = deviation.symptom;
      const key = JSON.stringify([code, field, finding, quote]);
      const group = groups.get(key);
      if (group) group.count += 1;
      else groups.set(key, { ...deviation, count: 1 });
    }
  }
  return [...groups.values()];
}

function described(count: number, judged: readonly FormJudgement[]): string {
  const notes = [...new Set(judged.flatMap((one) => one.notes ?? []))];
  const verdict = count === 1 ? 'the message is as expected' : `${count} messages are as expected`;
  return notes.length === 0 ? verdict : `${verdict}; note: ${notes.slice(0, MOST_DEVIATIONS).join('; ')}`;
}
