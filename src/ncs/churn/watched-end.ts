import type { SocketState } from '../../history/facts.ts';
import type { EndQuery, EndReading, LookUp } from './options.ts';

/** One end of a connection as looks at it have shown it. Gone counts only for an end that was seen alive. */
export class WatchedEnd {
  readonly query: EndQuery;
  /** Whether any look has seen it. */
  seen = false;
  /** What the last look showed. */
  state: SocketState = 'UNKNOWN';
  #cookie: number | undefined;

  constructor(query: EndQuery) {
    this.query = query;
  }

  /** Whether the end is known to hold no resources for the application any more. */
  get gone(): boolean {
    return this.seen && (this.state === 'none' || this.state === 'TIME_WAIT');
  }

  /** Whether this reading would show that an end seen alive is there no more. */
  vanishes(reading: EndReading | null): boolean {
    return this.seen && this.state !== 'none' && this.#isAnother(reading);
  }

  /** Takes what a look showed. */
  take(reading: EndReading | null): void {
    if (this.#isAnother(reading)) {
      if (this.seen) this.state = 'none';
      return;
    }
    if (!reading) return;
    if (!this.seen) this.#cookie = reading.cookie;
    this.seen = true;
    this.state = reading.state;
  }

  /** Nothing, or another socket that has the tuple now. */
  #isAnother(reading: EndReading | null): boolean {
    if (!reading) return true;
    return this.seen && this.#cookie !== undefined && reading.cookie !== this.#cookie;
  }
}

/**
 * Looks at ends once, and once more at those that seem to have vanished: a table is not always read in one piece.
 * A promise only where the means is slow. Throws, or rejects, when the means is blind.
 */
export function lookAt(ends: readonly WatchedEnd[], lookUp: LookUp): void | Promise<void> {
  const readings = lookUp(ends.map(({ query }) => query));
  return readings instanceof Promise
    ? readings.then((late) => confirm(ends, late, lookUp))
    : confirm(ends, readings, lookUp);
}

function confirm(
  ends: readonly WatchedEnd[],
  readings: readonly (EndReading | null)[],
  lookUp: LookUp,
): void | Promise<void> {
  const doubtful: WatchedEnd[] = [];
  for (const [index, end] of ends.entries()) {
    const reading = readings[index] ?? null;
    if (end.vanishes(reading)) doubtful.push(end);
    else end.take(reading);
  }
  if (doubtful.length === 0) return;
  const again = lookUp(doubtful.map(({ query }) => query));
  if (again instanceof Promise) return again.then((late) => takeAll(doubtful, late));
  takeAll(doubtful, again);
}

function takeAll(ends: readonly WatchedEnd[], readings: readonly (EndReading | null)[]): void {
  for (const [index, end] of ends.entries()) end.take(readings[index] ?? null);
}
