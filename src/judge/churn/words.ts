import { quantilesOf, type Quantiles } from '../../history/churn/latency.ts';
import type { ChurnReport } from '../../history/churn/report.ts';

/** `2,000` */
export function count(number: number): string {
  return number.toLocaleString('en');
}

/** `1 connection`, `2,000 connections` */
export function connections(number: number): string {
  return `${count(number)} connection${number === 1 ? '' : 's'}`;
}

/** `0.42 ms`, `12 ms`, `1.2 s` */
export function milliseconds(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
}

/** `p50 0.42 ms, p95 1.10 ms, p99 3.00 ms` */
export function quantileText({ p50, p95, p99 }: Quantiles): string {
  return `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}, p99 ${milliseconds(p99)}`;
}

/** What the times of the answers were in one part of a churn. */
export function latencyText(times: readonly number[]): string {
  const quantiles = quantilesOf(times);
  return quantiles ? `${quantileText(quantiles)} (${count(quantiles.count)} answers)` : 'no answers';
}

/** How many of the connections that were wanted there were, and why not all, where not all. */
export function reached({ tally, wanted, ended, why, durationMs }: ChurnReport): string {
  const number = count(tally.started);
  if (ended === 'cycles') return `${connections(tally.started)} in ${milliseconds(durationMs)}`;
  const of = `${number} of ${connections(wanted)}`;
  if (ended === 'time') return `${of} in the time there was (${milliseconds(durationMs)})`;
  if (ended === 'refuted') return `${of}, more would have shown nothing new`;
  if (ended === 'interrupted') return `${of} before the campaign was ended early`;
  return `${of}, then ${why ?? 'nothing more could be done'}`;
}

/** The clauses whose number is not zero: `2 refused, 1 reset`. */
export function listed(clauses: readonly (readonly [number, string])[]): string {
  return clauses.flatMap(([number, text]) => (number > 0 ? [`${count(number)} ${text}`] : [])).join(', ');
}

/** `0.021 a connection (95 %: 0.010 to 0.042)` */
export function rateText(rate: {
  perConnection: number;
  lower: number;
  upper: number;
  /** Per cent. */
  confidence: number;
}): string {
  const { perConnection, lower, upper, confidence } = rate;
  return `${share(perConnection)} a connection (${confidence} %: ${share(lower)} to ${share(upper)})`;
}

/** A number between 0 and 1 with two digits that count. */
function share(number: number): string {
  return number === 0 ? '0' : number.toPrecision(2);
}
