import { expect } from 'chai';
import type { AssertionResult, TestResult } from '../../../src/results/results.ts';
import { recogniseFaults } from '../../../src/verdict/matching/match.ts';

function failed(id: string, ...failures: Partial<AssertionResult>[]): TestResult {
  return {
    ...passed(id),
    verdict: failures.length > 0 ? 'fail' : 'pass',
    assertions: failures.map((one) => ({
      requirement: 'SOCK-CH-02',
      level: 'must',
      expected: 'released within 5.00 s of our end, every connection, 50 connections at once',
      actual: '',
      outcome: 'fail',
      means: ['sock_diag'],
      connections: ['storm'],
      ...one,
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
    ...{ faults: [], startedUs: 0, durationMs: 1, assertions: [], connections: [], evidence: [], seed: 1 },
  } as TestResult;
}

const left = (some: string, all: string): Partial<AssertionResult> => ({
  actual: `${some} of ${all} left behind (${some} FIN_WAIT_2 here); ${all} of 2,000 connections`,
});

const names = (...tests: TestResult[]): string[] =>
  recogniseFaults([...['REL-01', 'HC-01', 'CON-02'].map(passed), ...tests]).map(({ id }) => id);

describe('names of faults that churn shows', () => {
  it('a few sockets left behind by a crowd are a race', () => {
    expect(names(passed('CH-01'), failed('CH-02', left('3', '2,000')))).to.deep.equal(['leak-under-churn']);
    expect(
      names(passed('CH-01'), failed('CH-02', left('3', '2,000')), failed('CH-03H', left('1', '200'))),
    ).to.deep.equal(['leak-under-churn']);
  });

  it('many of them, and only there, are those above a number of connections', () => {
    expect(names(passed('CH-01'), failed('CH-02', left('62', '137')))).to.deep.equal(['leak-above-32']);
  });

  it('a few of connections one after another are every n-th', () => {
    expect(names(failed('CH-01', left('1', '500')), failed('CH-02', left('4', '2,000')))).to.deep.equal([
      'leak-every-nth',
    ]);
  });

  it('what is left behind together with lost answers is their consequence', () => {
    const lost = {
      expected: 'every request answered',
      actual: '24 of 66 answered: 42 without an answer within 10.0 s',
    };
    expect(names(passed('CH-01'), failed('CH-02', lost, left('13', '66')))).to.deep.equal(['slow-accept']);
  });

  it('an answer lost now and then is told from answers that go astray', () => {
    const lost = {
      expected: 'every request answered',
      actual: '1,990 of 2,000 answered: 10 without an answer within 10.0 s',
    };
    const astray = {
      ...lost,
      actual:
        "1,990 of 2,000 answered: 4 without an answer within 10.0 s, 6 answered on another request's connection",
    };
    expect(names(passed('CH-01'), failed('CH-02', lost))).to.deep.equal(['loses-reply-under-load']);
    expect(names(passed('CH-01'), failed('CH-02', astray))).to.deep.equal(['reply-on-other-under-load']);
  });
});
