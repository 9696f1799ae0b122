import { formatUs } from '../../history/clock.ts';
import type { FiguresOf } from '../../history/symptoms.ts';
import { connections, count, listed, milliseconds, rateText } from '../churn/words.ts';
import { heldBy } from './endings.ts';
import type { Sentences } from './telling.ts';

/** What is said of many connections. */
export const LOAD: Sentences<'requests-lost' | 'left-behind' | 'leak-grows' | 'slowed-down' | 'neglected'> = {
  'requests-lost': ({ figures }) => {
    const { answered, started, unanswered, misdirected, closedEarly, resetEarly, withinUs } = figures;
    const lost = listed([
      [unanswered, `without an answer within ${formatUs(withinUs)}`],
      [misdirected, "answered on another request's connection"],
      [closedEarly, 'closed by the device instead of an answer'],
      [resetEarly, 'reset by the device instead of an answer'],
      ...unopened(figures),
    ]);
    return `${count(answered)} of ${count(started)} answered: ${lost}`;
  },
  'left-behind': (symptom) => {
    const { figures, quote } = symptom;
    const { opened, left, late } = figures;
    return `${listed([
      [left, `of ${count(opened)} left behind (${quote})`],
      [late, `of ${count(opened)} released late`],
      ...unopened(figures),
    ])}${heldBy(symptom)}`;
  },
  'leak-grows': ({ figures }) => {
    const { left, started } = figures;
    return `${count(left)} of ${connections(started)} left behind, growing by ${rateText(figures)}`;
  },
  'slowed-down': ({ figures: { beforeMs, duringMs, afterMs, limitMs } }) =>
    `p95 ${milliseconds(afterMs)} is above ${milliseconds(limitMs)}: it was ${milliseconds(beforeMs)} before and ${milliseconds(duringMs)} during the burst`,
  neglected: ({ figures, cause }, tell) =>
    `${tell(cause)} after ${count(figures.exchanges)} exchange${figures.exchanges === 1 ? '' : 's'}`,
};

function unopened({
  refused,
  resetOnOpen,
  unreached,
}: Pick<FiguresOf<'requests-lost'>, 'refused' | 'resetOnOpen' | 'unreached'>): [number, string][] {
  return [
    [refused, 'refused (ECONNREFUSED)'],
    [resetOnOpen, 'reset while they were opened'],
    [unreached, 'not opened within the connect time'],
  ];
}
