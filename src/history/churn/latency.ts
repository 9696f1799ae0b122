/** How long answers took, in ms. */
export interface Quantiles {
  count: number;
  p50: number;
  p95: number;
  p99: number;
}

/** The quantiles of some times by nearest rank; undefined for none. */
export function quantilesOf(times: readonly number[]): Quantiles | undefined {
  if (times.length === 0) return undefined;
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The 95th percentile, in ms, up to which a device answers as fast as it did before (SOCK-CH-06). */
export function latencyLimitMs(before: Quantiles): number {
  return Math.max(2 * before.p95, before.p95 + 20);
}
