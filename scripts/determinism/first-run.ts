import type { TestResult } from '../../src/results/results.ts';

/** What the first run showed of each test, with which every later one is compared. */
export class FirstRun {
  readonly #shown = new Map<string, string>();

  /** Takes the results of a run; what another run showed otherwise comes back, one sentence each. */
  compare(tests: readonly Pick<TestResult, 'key' | 'applicability' | 'verdict' | 'reason'>[]): string[] {
    return tests.flatMap(({ key, applicability, verdict, reason }) => {
      const now = `${applicability}, ${verdict}`;
      const before = this.#shown.get(key) ?? now;
      this.#shown.set(key, before);
      return now === before ? [] : [`${key}: ${now} (${reason}), at first ${before}`];
    });
  }
}
