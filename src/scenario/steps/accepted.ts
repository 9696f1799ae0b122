import { symptom } from '../../history/symptoms.ts';
import { failed, passed } from '../../judge/concluded.ts';
import type { Request } from '../../ncs/requests.ts';
import type { ExpectationOf, StepOf } from '../../suite/model.ts';
import { isAnswerTo, mayRefuse } from '../../wire/answers.ts';
import { contentName } from '../../wire/content-name.ts';
import type { DecodedMessage } from '../../wire/types.ts';
import { childText } from '../../wire/xml.ts';
import type { TestRun } from '../run.ts';

/** Judges whether the device did anything that it was asked for in several requests. */
export function accepted(run: TestRun, step: StepOf<'expect'>, what: ExpectationOf<'accepted'>): void {
  const requests = what.accepted.flatMap((name) => run.requests.get(name) ?? []);
  const names = [...new Set(requests.map(({ name }) => name))];
  const taken = requests.find(isAccepted);
  const connections = run.connections.filter(({ ledger }) =>
    requests.some((one) => ledger.requests.includes(one)),
  );
  run.assert(
    {
      covers: step.covers,
      about: 'answer',
      expected: `not every one of ${names.join(', ')} refused or left unanswered`,
      connections: connections.map(({ name }) => name),
    },
    taken
      ? passed(`${taken.name} was accepted`)
      : failed(symptom('refused-all', { quote: names.join(', ') })),
  );
}

/** Whether an answer of the wrong type refuses anything is another question. */
function isAccepted({ name, answers }: Request): boolean {
  return answers.some(({ message }) => {
    const reply = contentName(message);
    return isAnswerTo(name, reply) === 'answer' ? agrees(message) : !mayRefuse(name, reply);
  });
}

/** An acknowledgement may be a refusal, by what it says (MOS 2.8.5 sections 3.1.1 and 3.4.1); anything else is none. */
function agrees(message: DecodedMessage): boolean {
  const name = contentName(message);
  if (name === 'mosAck') return childText(message.body, 'status') !== 'NACK';
  return name !== 'roAck' || childText(message.body, 'roStatus')?.trim().toUpperCase() === 'OK';
}
