import type { TestResult } from '../results/results.ts';
import { code, figure, type Evidence, type Failure, type Fits } from './evidence.ts';

/** Requests of a churn were lost. */
export const losesRequests: Fits = code('requests-lost');

/** Answers of a churn came on connections of others. */
export const isMisdirected: Fits = ({ symptom }) => figure(symptom, 'misdirected') > 0;

/** Nothing worse became of a connection of the churn than that no answer came in time. */
export const isOnlyUnanswered: Fits = ({ symptom }) =>
  figure(symptom, 'misdirected', 'closedEarly', 'resetEarly', 'refused', 'resetOnOpen') === 0;

/** The share of the requests of a churn that nothing answered. */
export function unansweredShare({ symptom }: Failure): number {
  return figure(symptom, 'unanswered') / figure(symptom, 'started');
}

/** The requests that a churn lost. */
export function lossOf(evidence: Evidence, test: TestResult): Failure | undefined {
  return evidence.failures(losesRequests).find((one) => one.test === test);
}

/** Connections that these churns left behind, where every request was answered. */
export function churnLeaks(evidence: Evidence, ids: readonly string[]): Failure[] {
  return evidence
    .failures(code('left-behind', 'leak-grows'), ids)
    .filter(({ test }) => lossOf(evidence, test) === undefined);
}

/** The share of its connections that a churn left behind; 0 where it left none. */
export function leftShare(evidence: Evidence, test: TestResult): number {
  const left = evidence.failures(code('left-behind')).find((one) => one.test === test);
  return left ? figure(left.symptom, 'left') / figure(left.symptom, 'opened') : 0;
}
