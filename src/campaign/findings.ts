import type { PortName } from '../history/facts.ts';
import type { PortHabits } from '../results/results.ts';

/**
 * Which tests found out that the device closes idle connections. A test goes by what those before it in the order of
 * the suites have found, whichever came to its end first.
 */
export class Findings {
  readonly #earliest = new Map<PortName, number>();

  /** @param order the place of the test that found it out */
  learn(port: PortName, order: number): void {
    this.#earliest.set(port, Math.min(order, this.#earliest.get(port) ?? Infinity));
  }

  /** The habits as a test at this place may know them. */
  knownTo(
    order: number,
    habits: Readonly<Partial<Record<PortName, PortHabits>>>,
  ): Partial<Record<PortName, PortHabits>> {
    return Object.fromEntries(
      Object.entries(habits).map(([port, known]) => {
        const closesIdle = (this.#earliest.get(port as PortName) ?? Infinity) < order;
        return [port, { ...known, closesIdle }];
      }),
    );
  }
}
