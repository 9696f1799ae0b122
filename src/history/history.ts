import { nowUs, wallClockAnchorMs } from './clock.ts';
import type { Fact, NewFact } from './facts.ts';

/** ms after which waiting counts as such: what comes sooner is no reason to do something else meanwhile. */
const AT_ONCE_MS = 25;

/** ms from which waiting is long: what it is for is not to be expected any more, only to be waited for. */
const LONG_MS = 1_000;

/** How waiting for a condition ended. */
export type Waited = 'held' | 'deadline';

/**
 * The ordered record of everything one test did and saw. Steps write to it, expectations read it;
 * nothing is ever changed or removed.
 */
export class History {
  /** All facts in the order in which they were recorded. */
  readonly facts: Fact[] = [];
  /** Wall clock at microsecond 0, in ms since the epoch. */
  readonly anchorMs = wallClockAnchorMs();
  readonly #byConnection = new Map<string, Fact[]>();
  readonly #listeners = new Set<(fact: Fact) => void>();
  readonly #aside: ((isLong: boolean) => Promise<void>) | undefined;

  /** @param aside told when a wait lasts, and when it is long: what it does is finished before the wait ends */
  constructor(aside?: (isLong: boolean) => Promise<void>) {
    this.#aside = aside;
  }

  /** Records a fact, stamped now unless it brings its own time, and tells whoever waits. */
  record(fact: NewFact): Fact {
    const stamped = { ...fact, us: fact.us ?? nowUs() } as Fact;
    this.facts.push(stamped);
    if (stamped.connection !== undefined) {
      const own = this.#byConnection.get(stamped.connection);
      if (own) own.push(stamped);
      else this.#byConnection.set(stamped.connection, [stamped]);
    }
    for (const listener of [...this.#listeners]) listener(stamped);
    return stamped;
  }

  /** The facts about one connection, in order. */
  of(connection: string): readonly Fact[] {
    return this.#byConnection.get(connection) ?? [];
  }

  /** Calls `listener` for every fact from now on; the result takes the subscription back. */
  subscribe(listener: (fact: Fact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits until `condition` holds. It is asked at once, after every new fact, and once more when the deadline has
   * passed, never before it. What has arrived by then and was not read yet, because this process stood still, is
   * read first.
   * @param deadlineUs on the clock of {@link nowUs}
   * @param signal ends the wait early, as if the deadline had come
   */
  until(condition: () => boolean, deadlineUs: number, signal?: AbortSignal): Promise<Waited> {
    if (condition()) return Promise.resolve('held');
    if (signal?.aborted || nowUs() >= deadlineUs) return Promise.resolve('deadline');
    return new Promise((resolve) => {
      let isOver = false;
      const meanwhile: (Promise<void> | undefined)[] = [];
      const aside = (ms: number): NodeJS.Timeout | undefined =>
        this.#aside && setTimeout(() => meanwhile.push(this.#aside?.(ms === LONG_MS)), ms);
      const lasts = [AT_ONCE_MS, LONG_MS].map(aside);
      const finish = (waited: Waited): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        for (const one of lasts) clearTimeout(one);
        unsubscribe();
        signal?.removeEventListener('abort', onAbort);
        if (meanwhile.length > 0) void Promise.all(meanwhile).then(() => resolve(waited));
        else resolve(waited);
      };
      const onAbort = (): void => finish('deadline');
      const arm = (): NodeJS.Timeout =>
        setTimeout(onTimer, Math.max(1, Math.ceil((deadlineUs - nowUs()) / 1000)));
      const onTimer = (): void => {
        if (condition()) return finish('held');
        if (nowUs() < deadlineUs) timer = arm();
        else setImmediate(() => finish(condition() ? 'held' : 'deadline'));
      };
      let timer = arm();
      const unsubscribe = this.subscribe(() => {
        if (condition()) finish('held');
      });
      signal?.addEventListener('abort', onAbort);
    });
  }
}
