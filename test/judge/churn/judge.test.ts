import { expect } from 'chai';
import type { ChurnCheck } from '../../../src/history/churn/checks.ts';
import type { ChurnReport } from '../../../src/history/churn/report.ts';
import { newTally, type Tally } from '../../../src/history/churn/tally.ts';
import { describeChurn } from '../../../src/judge/churn/describe.ts';
import { measured } from '../../../src/history/symptoms.ts';
import { toldBy } from '../../../src/judge/concluded.ts';
import { judgeChurn } from '../../../src/judge/churn/judge.ts';
import type { ChurnTrial } from '../../../src/judge/churn/trial.ts';

const GOOD = { started: 2_000, opened: 2_000, asked: 2_000, answered: 2_000, released: 2_000 };

function report(tally: Partial<Tally> = {}, changes: Partial<ChurnReport> = {}): ChurnReport {
  return {
    wanted: 2_000,
    ended: 'cycles',
    failuresBefore: 0,
    tally: { ...newTally(), ...GOOD, ...tally },
    leftAt: [],
    engine: 'node',
    latencies: { before: [1, 1, 2], during: [5, 6, 7], after: [1, 2, 2] },
    lagMs: { before: 1, during: 2, after: 1 },
    examples: [],
    durationMs: 600,
    mostOpen: 62,
    ...changes,
  };
}

function trial(its: ChurnReport, changes: Partial<ChurnTrial> = {}): ChurnTrial {
  return {
    report: its,
    concurrency: 50,
    absenceProves: true,
    means: ['sock_diag', 'descriptor'],
    replyMs: 10_000,
    releaseMs: 5_000,
    ...changes,
  };
}

function judged(check: ChurnCheck, its: ChurnReport, changes: Partial<ChurnTrial> = {}): [string, string] {
  const { concluded } = judgeChurn(check, trial(its, changes), 0.05);
  return [concluded.outcome, toldBy(concluded)];
}

describe('judging a churn', () => {
  it('passes what was answered and released, and gives the times', () => {
    expect(judged('answered', report())).to.deep.equal([
      'pass',
      '2,000 answered: p50 2.00 ms, p95 7.00 ms, p99 7.00 ms (9 answers); 2,000 connections in 600 ms',
    ]);
    expect(judged('released', report())).to.deep.equal([
      'pass',
      '2,000 released; 2,000 connections in 600 ms',
    ]);
    expect(judged('slope', report())[1]).to.match(/^0 of 2,000 .* one in 667 would have shown \(95 %\)/);
  });

  it('fails what was not, with the counts', () => {
    const lost = report({ answered: 1_994, unanswered: 3, misdirected: 2, refused: 1 });
    expect(judged('answered', lost)).to.deep.equal([
      'fail',
      "1,994 of 2,000 answered: 3 without an answer within 10.0 s, 2 answered on another request's connection, 1 refused (ECONNREFUSED); 2,000 connections in 600 ms",
    ]);
    const states = new Map([['FIN_WAIT_2 here and CLOSE_WAIT at the device', 4]]);
    const left = report({ released: 1_995, left: 4, late: 1, leftIn: states });
    expect(judged('released', left)).to.deep.equal([
      'fail',
      '4 of 2,000 left behind (4 FIN_WAIT_2 here and CLOSE_WAIT at the device), 1 of 2,000 released late; 2,000 connections in 600 ms',
    ]);
    const growing = report({ left: 4 }, { leftAt: [500, 1_000, 1_500, 2_000] });
    expect(judged('slope', growing)[0]).to.equal('fail');
  });

  it('reminds of a limit that nobody declared', () => {
    const turnedAway = report({ answered: 1_990, closedEarly: 10 });
    expect(judged('answered', turnedAway, { assumedLimit: 64 })[1]).to.match(/fewer than 64 connections/);
    expect(judged('answered', turnedAway)[1]).not.to.match(/declares it/);
  });

  for (const ended of ['limit', 'blind', 'interrupted'] as const) {
    it(`is inconclusive with the number reached where it ended by "${ended}"`, () => {
      const short = report({ ...GOOD, started: 700 }, { ended, why: 'this machine has no port left' });
      for (const check of ['answered', 'released', 'slope', 'latency'] as const) {
        const [outcome, actual] = judged(check, short);
        expect(outcome).to.equal('inconc');
        expect(actual).to.match(/700 of 2,000 connections/);
      }
    });
  }

  it('does not hold against the device what came only after our limit was met, but what came before it', () => {
    const after = report({ answered: 1_999, unanswered: 1 }, { ended: 'limit', why: 'no port is left' });
    expect(judged('answered', after)[0]).to.equal('inconc');
    expect(judged('answered', { ...after, failuresBefore: 1 })[0]).to.equal('fail');
  });

  it('trusts no absence where the tables of the kernel overflowed, unless the device was seen', () => {
    const absenceProves = '12 connections skipped TIME_WAIT because its table is full';
    expect(judged('released', report({ provenByAbsence: 9 }), { absenceProves })).to.deep.equal([
      'inconc',
      `2,000 released, but ${absenceProves}`,
    ]);
    expect(judged('released', report(), { absenceProves })[0]).to.equal('pass');
  });

  it('does not ask a silent port for answers, but for connections', () => {
    const unasked = 'nothing was asked';
    const quiet = report({ asked: 0, answered: 0 }, { latencies: { before: [], during: [], after: [] } });
    expect(judged('answered', quiet, { unasked })).to.deep.equal(['not observable', unasked]);
    expect(judged('latency', quiet, { unasked })).to.deep.equal(['not observable', unasked]);
    expect(judged('released', { ...quiet, tally: { ...quiet.tally, refused: 1 } }, { unasked })[0]).to.equal(
      'fail',
    );
  });

  it('says where resets cannot be followed to the device', () => {
    expect(judged('released', report({ released: 0, unseen: 2_000 }))[0]).to.equal('not observable');
    expect(judged('released', report({ released: 1_500, unseen: 500 }))).to.deep.equal([
      'pass',
      '1,500 released, 500 resets not observable at the device; 2,000 connections in 600 ms',
    ]);
  });

  it('compares the time of answers, allows 20 ms, and doubts what our own loop may have caused', () => {
    const after = (ms: number, lag = 1): ChurnReport =>
      report(
        {},
        {
          latencies: { before: [1, 1, 2], during: [5], after: [1, ms, ms] },
          lagMs: { before: 0, during: 0, after: lag },
        },
      );
    expect(judged('latency', after(22))[0]).to.equal('pass');
    expect(judged('latency', after(24))[0]).to.equal('fail');
    expect(judged('latency', after(24, 5))[0]).to.equal('inconc');
    expect(judged('latency', after(200, 5))[0]).to.equal('fail');
    expect(judged('latency', report({}, { latencies: { before: [1], during: [5], after: [] } }))[0]).to.equal(
      'not observable',
    );
  });

  it('tells how the long-lived connection fared', () => {
    const beside = { exchanges: 50, times: [1, 2, 3] };
    expect(judged('beside', report(), { beside })[0]).to.equal('pass');
    const failure = measured('no-reply', { withinUs: 3_000_000 });
    expect(judged('beside', report(), { beside: { ...beside, failure } })).to.deep.equal([
      'fail',
      'nothing came within 3.00 s after 50 exchanges; 2,000 connections in 600 ms',
    ]);
    expect(judged('beside', report(), { beside: { ...beside, failure: 'x' } })[0]).to.equal('inconc');
    expect(judged('beside', report())[0]).to.equal('error');
  });

  it('tells the history what became of every connection', () => {
    const texts = describeChurn('storm', trial(report())).map(({ text }) => text);
    expect(texts[0]).to.equal(
      'storm: 2,000 connections in 600 ms; 2,000 opened; 2,000 answered; 2,000 released; at most 62 at once',
    );
    expect(texts[1]).to.match(/before p50 1\.00 ms.* during p50 6\.00 ms.* after p50 2\.00 ms/);
  });

  it('tells the history what made the connections, and why where it was not what it could have been', () => {
    const told = (changes: Partial<ChurnReport>): string | undefined =>
      describeChurn('storm', trial(report({}, changes))).at(-1)?.text;
    expect(told({ engine: 'kernel' })).to.match(/^storm: on the kernel's own calls; /);
    expect(told({})).to.match(/^storm: on the sockets of Node; /);
    expect(told({ whyNode: 'koffi is not here' })).to.match(
      /^storm: on the sockets of Node: koffi is not here; /,
    );
  });
});
