import { PORT_NAMES, type PortName } from '../history/facts.ts';
import type { TestResult } from '../results/results.ts';

/** Tests that have to show the same before it counts as known. */
export const SHOWN = 3;

/**
 * On which ports the device was shown never to let go of a connection: by three tests, and nothing else was ever seen
 * there. What is known is still watched to the full, but nothing else has to wait for it.
 */
export class Shown {
  /** The tests that have seen it, by their keys. */
  readonly #standing = new Map<PortName, Set<string>>();
  readonly #released = new Set<PortName>();

  /** Takes what a test has shown of the ends of its connections. */
  learn({ key, connections }: Pick<TestResult, 'key' | 'connections'>): void {
    const on = (outcomes: readonly string[]): Set<PortName | undefined> =>
      new Set(connections.filter(({ outcome }) => outcomes.includes(outcome)).map(({ port }) => port));
    const released = on(['clean', 'late']);
    const standing = on(['never closed']);
    for (const port of PORT_NAMES) {
      if (released.has(port)) this.#released.add(port);
      if (standing.has(port)) this.#standing.set(port, (this.#standing.get(port) ?? new Set()).add(key));
    }
  }

  /** Whether some test has seen that a connection of this port was kept for as long as it was watched. */
  keeps(port: PortName): boolean {
    return this.#standing.has(port);
  }

  /** Whether the device was shown never to let go of a connection on this port. */
  neverReleases(port: PortName | undefined): boolean {
    if (port === undefined || this.#released.has(port)) return false;
    return (this.#standing.get(port)?.size ?? 0) >= SHOWN;
  }
}
