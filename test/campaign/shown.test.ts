import { expect } from 'chai';
import { Shown } from '../../src/campaign/shown.ts';
import type { PortName } from '../../src/history/facts.ts';
import type { CloseOutcome } from '../../src/results/outcome.ts';
import type { ConnectionResult, TestResult } from '../../src/results/results.ts';

let number = 0;

/** What one more test has seen. */
function ending(port: PortName, ...outcomes: CloseOutcome[]): Pick<TestResult, 'key' | 'connections'> {
  const connections = outcomes.map((outcome): ConnectionResult => ({
    name: 'ncs',
    port,
    direction: 'to device',
    outcome,
    states: [],
  }));
  number += 1;
  return { key: `REL-${number}@${port}`, connections };
}

describe('what a device was shown to do', () => {
  it('is known when three tests have shown it, on each port by itself', () => {
    const shown = new Shown();
    for (let test = 0; test < 2; test += 1) shown.learn(ending('upper', 'never closed', 'never closed'));
    expect(shown.neverReleases('upper')).to.equal(false);
    shown.learn(ending('upper', 'never closed', 'unknown', 'aborted by us', 'reset by device'));
    expect(shown.neverReleases('upper')).to.equal(true);
    expect(shown.neverReleases('lower')).to.equal(false);
    expect(shown.neverReleases(undefined)).to.equal(false);
  });

  for (const outcome of ['clean', 'late'] as const) {
    it(`is not known where a connection ended ${outcome}, whenever it did`, () => {
      const shown = new Shown();
      for (let test = 0; test < 4; test += 1) shown.learn(ending('upper', 'never closed'));
      shown.learn(ending('upper', outcome));
      expect(shown.neverReleases('upper')).to.equal(false);
    });
  }
});
