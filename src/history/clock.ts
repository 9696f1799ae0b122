/** Monotonic time in whole microseconds since this process started measuring; never steps back. */
export function nowUs(): number {
  return Math.round(performance.now() * 1000);
}

/** The wall clock at microsecond 0 of {@link nowUs}, in ms since the epoch: turns facts into times of day. */
export function wallClockAnchorMs(): number {
  return Date.now() - performance.now();
}

/** Microseconds from milliseconds. */
export function msToUs(ms: number): number {
  return Math.round(ms * 1000);
}

/** Seconds with as many digits as a reader needs: `0.004 s`, `1.20 s`, `35 s`. */
export function formatUs(us: number): string {
  const seconds = us / 1e6;
  if (seconds < 0.1) return `${seconds.toFixed(4)} s`;
  return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
}
