import type { NoteFact } from '../../history/facts.ts';
import type { ChurnReport } from '../../history/churn/report.ts';
import type { ChurnTrial } from './trial.ts';
import { count, latencyText, listed, milliseconds, reached } from './words.ts';

/** What the history says of a churn: the counts, the times of the answers, a few failed connections. */
export function describeChurn(name: string, trial: ChurnTrial): Pick<NoteFact, 'about' | 'text'>[] {
  const { report } = trial;
  const note = (text: string, about: NoteFact['about'] = 'device'): Pick<NoteFact, 'about' | 'text'> => ({
    about,
    text: `${name}: ${text}`,
  });
  const { before, during, after } = report.latencies;
  const times = `answers took before ${latencyText(before)}, during ${latencyText(during)}, after ${latencyText(after)}`;
  const lag = Math.max(...Object.values(report.lagMs));
  return [
    note(`${reached(report)}; ${accounts(trial)}`),
    ...(trial.unasked === undefined ? [note(times)] : [note(trial.unasked, 'harness')]),
    ...report.examples.map((example) => note(example)),
    ...(report.why === undefined ? [] : [note(report.why, 'harness')]),
    note(`${runOn(report)}; our own event loop was late by ${milliseconds(lag)} at most`, 'harness'),
  ];
}

/** What made the connections. */
function runOn({ engine, whyNode }: ChurnReport): string {
  if (engine === 'kernel') return "on the kernel's own calls";
  return `on the sockets of Node${whyNode === undefined ? '' : `: ${whyNode}`}`;
}

function accounts({ report: { tally, mostOpen } }: ChurnTrial): string {
  const { brokenOff } = tally;
  const left = [...tally.leftIn].map(([where, number]): [number, string] => [number, `in ${where}`]);
  const broken = brokenOff.opening + brokenOff.ending;
  return [
    listed([
      [tally.opened, 'opened'],
      [tally.refused, 'refused'],
      [tally.resetOnOpen, 'reset while opened'],
      [tally.unreached, 'not opened in time'],
      [tally.limited, 'kept from opening by this machine'],
    ]),
    listed([
      [tally.answered, 'answered'],
      [tally.unanswered, 'not answered in time'],
      [tally.closedEarly, 'closed before the answer'],
      [tally.resetEarly, 'reset before the answer'],
      [tally.misdirected, 'answered elsewhere'],
    ]),
    listed([
      [tally.endedBy.close, 'ended by us with a close'],
      [tally.endedBy['half-close'], 'with a half-close'],
      [tally.endedBy.abort, 'with a reset'],
    ]),
    listed([
      [tally.released, 'released'],
      [tally.late, 'released late'],
      [tally.left, `left behind (${listed(left)})`],
      [tally.unseen, 'not observable'],
      [broken, 'broken off'],
    ]),
    `at most ${count(mostOpen)} at once`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}
