import { formatUs, msToUs } from '../../history/clock.ts';
import type { ChurnCheck } from '../../history/churn/checks.ts';
import { latencyLimitMs, quantilesOf } from '../../history/churn/latency.ts';
import { notAnswered, notOpened, type Tally } from '../../history/churn/tally.ts';
import { measured, type Symptom } from '../../history/symptoms.ts';
import type { Concluded } from '../concluded.ts';
import type { Means } from '../../history/facts.ts';
import { sentenceOf } from '../sentences/sentence.ts';
import { slopeOf } from './slope.ts';
import type { ChurnTrial } from './trial.ts';
import { connections, count, latencyText, listed, milliseconds, rateText, reached } from './words.ts';

/** What one check found. */
export interface ChurnFinding {
  expected: string;
  concluded: Concluded;
}

/** The exchanges that a long-lived connection should have had; a slow device has time for fewer. */
const EXCHANGES_BESIDE = 50;

/**
 * Judges one aspect of a churn. What spoke against the device is a failure, even where a limit of ours ended the
 * churn later; where a limit ended it before that, the number reached stands in an inconclusive result.
 * @param level the probability with which the slope's interval may miss
 */
export function judgeChurn(check: ChurnCheck, trial: ChurnTrial, level: number): ChurnFinding {
  return JUDGES[check](trial, level);
}

const JUDGES: Record<ChurnCheck, (trial: ChurnTrial, level: number) => ChurnFinding> = {
  answered,
  released,
  slope,
  latency,
  beside,
};

function answered(trial: ChurnTrial): ChurnFinding {
  const { report, replyMs, unasked } = trial;
  const { tally } = report;
  const expected = `every request answered within ${seconds(replyMs)}, ${atOnce(trial)}`;
  if (unasked !== undefined) return finding(expected, 'not observable', unasked, []);
  const failures = notAnswered(tally) + notOpened(tally);
  if (failures === 0) {
    const times = latencyText(Object.values(report.latencies).flat());
    return concluded(trial, expected, `${count(tally.answered)} answered: ${times}`, ['descriptor']);
  }
  const { started, unanswered, misdirected, closedEarly, resetEarly } = tally;
  const figures = {
    ...{ started, answered: tally.answered, unanswered, misdirected, closedEarly, resetEarly },
    ...unopened(tally),
    withinUs: msToUs(replyMs),
    typicalUs: msToUs(quantilesOf(report.latencies.during)?.p50 ?? 0),
  };
  const hint =
    trial.assumedLimit !== undefined && tally.answered > 0 && closedEarly + resetEarly > 0
      ? `a device that serves fewer than ${trial.assumedLimit} connections at once declares it (limits.connections)`
      : undefined;
  return against(trial, expected, measured('requests-lost', figures), ['descriptor'], hint);
}

/** Connections that could not be had, by what became of them. */
function unopened({
  refused,
  resetOnOpen,
  unreached,
}: Tally): Pick<Tally, 'refused' | 'resetOnOpen' | 'unreached'> {
  return { refused, resetOnOpen, unreached };
}

function released(trial: ChurnTrial): ChurnFinding {
  const { report, releaseMs, unasked } = trial;
  const { tally } = report;
  const expected = `released within ${seconds(releaseMs)} of our end, every connection, ${atOnce(trial)}`;
  const lost = unasked === undefined ? 0 : notOpened(tally);
  if (tally.left + tally.late + lost > 0) {
    const states = [...tally.leftIn].map(([where, number]): [number, string] => [number, where]);
    const { opened, left, late } = tally;
    const notHad = lost > 0 ? unopened(tally) : { refused: 0, resetOnOpen: 0, unreached: 0 };
    const found = measured('left-behind', { opened, left, late, ...notHad }, { quote: listed(states) });
    return against(trial, expected, found, trial.means);
  }
  if (tally.released === 0 && tally.unseen > 0 && report.ended !== 'blind') {
    return finding(
      expected,
      'not observable',
      "nothing here sees the device's end of a reset connection",
      [],
    );
  }
  const unseen = tally.unseen > 0 ? `, ${count(tally.unseen)} resets not observable at the device` : '';
  const actual = `${count(tally.released)} released${unseen}`;
  if (tally.provenByAbsence > 0 && trial.absenceProves !== true) {
    return finding(expected, 'inconc', `${actual}, but ${trial.absenceProves}`, trial.means);
  }
  return concluded(trial, expected, actual, trial.means);
}

function slope(trial: ChurnTrial, level: number): ChurnFinding {
  const { report } = trial;
  const { started } = report.tally;
  const expected = 'no growth of the sockets left behind with the number of connections';
  const found = slopeOf(report.leftAt, started, level);
  const confidence = Math.round((1 - level) * 100);
  const { perConnection, lower, upper } = found;
  const left = report.leftAt.length;
  if (found.grows) {
    const figures = { started, left, perConnection, lower, upper, confidence };
    return against(trial, expected, measured('leak-grows', figures), trial.means);
  }
  const behind = `${count(left)} of ${connections(started)} left behind`;
  if (left > 0) {
    const rate = rateText({ perConnection, lower, upper, confidence });
    return concluded(trial, expected, `${behind}, at one time: ${rate}`, trial.means);
  }
  const actual = `${behind}; a leak of one in ${count(found.wouldShow)} would have shown (${confidence} %)`;
  return concluded(trial, expected, actual, trial.means);
}

function latency(trial: ChurnTrial): ChurnFinding {
  const { latencies, lagMs } = trial.report;
  const expected =
    'answers after the burst as fast as before: p95 not above the larger of twice and 20 ms more';
  const before = quantilesOf(latencies.before);
  const after = quantilesOf(latencies.after);
  if (!before || !after) {
    const why = trial.unasked ?? 'the churn ended before it could be compared';
    return finding(expected, 'not observable', why, []);
  }
  const limit = latencyLimitMs(before);
  const actual = `before ${latencyText(latencies.before)}, during ${latencyText(latencies.during)}, after ${latencyText(latencies.after)}`;
  if (after.p95 <= limit) return concluded(trial, expected, actual, ['descriptor']);
  if (after.p95 - lagMs.after <= limit) {
    const doubt = `${actual}; but our own event loop stood still for ${milliseconds(lagMs.after)}`;
    return finding(expected, 'inconc', doubt, ['descriptor']);
  }
  const figures = {
    beforeMs: before.p95,
    duringMs: quantilesOf(latencies.during)?.p95 ?? 0,
    afterMs: after.p95,
    limitMs: limit,
  };
  return against(trial, expected, measured('slowed-down', figures), ['descriptor']);
}

function beside(trial: ChurnTrial): ChurnFinding {
  const attendance = trial.beside;
  const expected = `the long-lived connection served throughout, ${EXCHANGES_BESIDE} exchanges and more where the device is fast enough`;
  if (!attendance) return finding(expected, 'error', 'the churn had no connection beside it', []);
  const { exchanges, times, failure } = attendance;
  const actual = `${count(exchanges)} exchanges, ${latencyText(times)}`;
  if (failure === undefined) return concluded(trial, expected, actual, ['descriptor']);
  if (typeof failure === 'string')
    return finding(expected, 'inconc', `${failure} after ${actual}`, ['descriptor']);
  return against(trial, expected, measured('neglected', { exchanges }, { cause: failure }), ['descriptor']);
}

/** Nothing spoke against the device: a pass, unless the churn was cut short by what is not its fault. */
function concluded(trial: ChurnTrial, expected: string, actual: string, means: Means[]): ChurnFinding {
  const { ended } = trial.report;
  const short = ended === 'limit' || ended === 'blind' || ended === 'interrupted';
  return finding(expected, short ? 'inconc' : 'pass', `${actual}; ${reached(trial.report)}`, means);
}

/** Something spoke against the device; not where all of it came after a limit of ours was met. */
function against(
  trial: ChurnTrial,
  expected: string,
  found: Symptom,
  means: Means[],
  hint?: string,
): ChurnFinding {
  const { ended, failuresBefore } = trial.report;
  const remark = [hint, reached(trial.report)].filter((one) => one !== undefined).join('; ');
  const symptom: Symptom = { ...found, remark };
  const doubtful = ended === 'limit' && failuresBefore === 0;
  if (doubtful) return finding(expected, 'inconc', sentenceOf(symptom), means);
  return { expected, concluded: { outcome: 'fail', symptom, means } };
}

function finding(
  expected: string,
  outcome: Exclude<Concluded['outcome'], 'fail'>,
  actual: string,
  means: Means[],
): ChurnFinding {
  return { expected, concluded: { outcome, actual, means } };
}

function atOnce({ concurrency }: ChurnTrial): string {
  return concurrency === 1 ? 'one connection after another' : `${count(concurrency)} connections at once`;
}

function seconds(ms: number): string {
  return formatUs(msToUs(ms));
}
