import { contentName } from '../wire/content-name.ts';
import { judgeValue } from '../wire/field-types.ts';
import { symptom, type Symptom } from '../history/symptoms.ts';
import { single, type Deviation, type MessageCheck } from './check.ts';

/** A valid time (MOS 2.8.5 sections 4.1.1 and 6); which time it is, nobody judges. */
export const heartbeatTime = single('a valid time in the heartbeat', ({ received: { message } }) => {
  if (contentName(message) !== 'heartbeat') return undefined;
  // Names in wrong capitals are a finding of their own; the time itself is there.
  const time = message.body?.children.find(({ name }) => name.toLowerCase() === 'time')?.text.trim();
  if (time === undefined) return timeSymptom('missing-element', 'the heartbeat has no time');
  if (time === '') return timeSymptom('empty-value', "the heartbeat's time is empty");
  const verdict = judgeValue(time, 'date-time');
  if (!verdict) return undefined;
  const found = timeSymptom('bad-value', verdict.text);
  return verdict.kind === 'note' ? { symptom: found, level: 'may' } : found;
});

function timeSymptom(code: 'missing-element' | 'empty-value' | 'bad-value', quote: string): Symptom {
  return symptom(code, { message: 'heartbeat', field: 'time', quote });
}

/** No attributes and no further children (DTD); further tags are allowed to vendors all the same. */
export const heartbeatPlain: MessageCheck = {
  expected: 'a heartbeat that holds its time and nothing else',
  find({ received: { message } }) {
    if (contentName(message) !== 'heartbeat' || !message.body) return [];
    const { attributes, children } = message.body;
    const names = Object.keys(attributes).filter((name) => name !== 'xmlns');
    const others = children.filter(
      ({ name }, index) => name.toLowerCase() !== 'time' || children[index - 1]?.name === 'time',
    );
    return [
      ...names.slice(0, 5).map((name) => extra(name, `the heartbeat has the attribute ${name}`)),
      ...others.slice(0, 5).map(({ name }) => extra(name, `the heartbeat also holds ${name}`)),
    ];
  },
};

function extra(field: string, quote: string): Deviation {
  return { symptom: symptom('unexpected-element', { message: 'heartbeat', field, quote }) };
}
