import { expect } from 'chai';
import type { TestResult } from '../../src/results/results.ts';
import { recogniseFaults } from '../../src/faults/recognise.ts';
import { measured, type Symptom } from '../../src/history/symptoms.ts';

function failed(id: string, ...symptoms: Symptom[]): TestResult {
  return {
    ...passed(id),
    verdict: symptoms.length > 0 ? 'fail' : 'pass',
    assertions: symptoms.map((symptom) => ({
      requirement: 'SOCK-CH-02',
      level: 'must',
      about: 'load',
      expected: 'released within 5.00 s of our end, every connection, 50 connections at once',
      actual: '',
      symptom,
      outcome: 'fail',
      means: ['sock_diag'],
      connections: ['storm'],
    })),
  };
}

function passed(id: string): TestResult {
  return {
    ...{ key: `${id}@upper`, id, title: id, group: 'CH', suite: 'suites/sockets/churn.yaml', port: 'upper' },
    ...{
      tier: 'standard',
      level: 'must',
      covers: [],
      applicability: 'selected',
      verdict: 'pass',
      reason: '',
    },
    ...{
      origin: 'built in',
      faults: [],
      startedUs: 0,
      durationMs: 1,
      assertions: [],
      connections: [],
      evidence: [],
      seed: 1,
    },
  } as TestResult;
}

const NONE = { refused: 0, resetOnOpen: 0, unreached: 0 };

const left = (some: number, opened: number): Symptom =>
  measured('left-behind', { opened, left: some, late: 0, ...NONE });

const lost = (started: number, unanswered: number, misdirected = 0, typicalUs = 2_000): Symptom =>
  measured('requests-lost', {
    ...{ started, answered: started - unanswered - misdirected, unanswered, misdirected },
    ...{ closedEarly: 0, resetEarly: 0, ...NONE, withinUs: 10_000_000, typicalUs },
  });

const names = (...tests: TestResult[]): string[] =>
  recogniseFaults([...['REL-01', 'HC-01', 'CON-02'].map(passed), ...tests]).faults.map(({ id }) => id);

describe('names of faults that churn shows', () => {
  it('a few sockets left behind by a crowd are a race', () => {
    expect(names(passed('CH-01'), failed('CH-02', left(3, 2_000)))).to.deep.equal(['leak-under-churn']);
    expect(
      names(passed('CH-01'), failed('CH-02', left(3, 2_000)), failed('CH-03H', left(1, 200))),
    ).to.deep.equal(['leak-under-churn']);
  });

  it('many of them, and only there, are those above a number of connections', () => {
    expect(names(passed('CH-01'), failed('CH-02', left(62, 137)))).to.deep.equal(['leak-above-32']);
  });

  it('a few of connections one after another are every n-th', () => {
    expect(names(failed('CH-01', left(1, 500)), failed('CH-02', left(4, 2_000)))).to.deep.equal([
      'leak-every-nth',
    ]);
  });

  it('what is left behind together with lost answers is their consequence', () => {
    expect(names(passed('CH-01'), failed('CH-02', lost(66, 42, 0, 900_000), left(13, 66)))).to.deep.equal([
      'slow-accept',
    ]);
  });

  it('an answer lost now and then is told from answers that go astray', () => {
    expect(names(passed('CH-01'), failed('CH-02', lost(2_000, 10)))).to.deep.equal([
      'loses-reply-under-load',
    ]);
    expect(names(passed('CH-01'), failed('CH-02', lost(2_000, 4, 6)))).to.deep.equal([
      'reply-on-other-under-load',
    ]);
  });
});
