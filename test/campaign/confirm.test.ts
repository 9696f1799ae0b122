import { expect } from 'chai';
import { Confirmation } from '../../src/campaign/confirm.ts';
import type { TestOutcome } from '../../src/campaign/run-test.ts';
import type { AssertionResult, TestResult } from '../../src/results/results.ts';
import { foldAssertions } from '../../src/judge/lattice.ts';

function assertion(changes: Partial<AssertionResult> = {}): AssertionResult {
  return {
    requirement: 'SOCK-REL-10',
    level: 'must',
    about: 'serving',
    expected: 'it serves',
    actual: 'nothing came within 10.0 s',
    outcome: 'fail',
    means: ['descriptor'],
    connections: ['probe'],
    meaning: 'MOS stays down.',
    timing: true,
    ...changes,
  };
}

function outcomeOf(assertions: AssertionResult[], changes: Partial<TestOutcome> = {}): TestOutcome {
  const result: TestResult = {
    key: 'REL-01@upper',
    id: 'REL-01',
    title: 'A test',
    group: 'REL',
    suite: 'release.yaml',
    origin: 'built in',
    tier: 'quick',
    covers: ['SOCK-REL-10'],
    applicability: 'selected',
    ...foldAssertions(assertions),
    faults: [],
    startedUs: 0,
    durationMs: 5,
    assertions,
    connections: [],
    evidence: [],
    seed: 42,
  };
  return { record: { result, facts: [], source: '' }, ...changes };
}

const passed = (): TestOutcome => outcomeOf([assertion({ outcome: 'pass' })]);
const failed = (): TestOutcome => outcomeOf([assertion()]);
const unclear = (): TestOutcome => outcomeOf([assertion({ outcome: 'inconc' })]);

async function confirm(
  first: TestOutcome,
  again: (() => TestOutcome)[],
  options: { budgetMs?: number; restart?: () => Promise<string | undefined> } = {},
): Promise<TestOutcome & { played: number; result: TestResult }> {
  let played = 0;
  const play = (): Promise<TestOutcome> => Promise.resolve(again[played++]?.() ?? passed());
  const { signal } = new AbortController();
  const { restart } = options;
  const outcome = await new Confirmation(options.budgetMs).confirm(first, { play, restart, signal });
  return { ...outcome, played, result: outcome.record.result };
}

describe('confirmation of failures', () => {
  it('a failure that comes again three times is reproduced', async () => {
    const { result, played } = await confirm(failed(), [failed, failed, failed]);
    expect(result.confirmation).to.deep.equal({ repeated: 3, reproduced: 3 });
    expect({ played, verdict: result.verdict }).to.deep.equal({ played: 3, verdict: 'fail' });
    expect(result.reason).to.equal('SOCK-REL-10: nothing came within 10.0 s');
  });

  it('one that comes again less often is intermittent, and stays a failure', async () => {
    const { result } = await confirm(failed(), [passed, failed, passed]);
    expect(result.confirmation).to.deep.equal({ repeated: 3, reproduced: 1 });
    expect(result.verdict).to.equal('fail');
    expect(result.reason).to.match(/; intermittent: it came again in 1 of 3 repetitions \(seed 42\)$/);
  });

  it('one that never comes again is inconclusive, for the requirement too', async () => {
    const { result } = await confirm(failed(), []);
    expect(result.confirmation).to.deep.equal({ repeated: 3, reproduced: 0 });
    expect(result.verdict).to.equal('inconc');
    expect(result.reason).to.match(/nothing came .*; intermittent: it came again in 0 of 3 .*seed 42/);
    expect(result.assertions.map((one) => one.outcome)).to.deep.equal(['inconc']);
    expect(result.assertions[0]).not.to.have.any.keys('meaning', 'timing');
  });

  it('a repetition without a verdict counts for nothing', async () => {
    const { result } = await confirm(failed(), [unclear, failed, unclear]);
    expect(result.confirmation).to.deep.equal({ repeated: 1, reproduced: 1 });
  });

  it('a state that stands, a message in hand, a lost device and a pass are not repeated', async () => {
    const standing = assertion();
    delete standing.timing;
    const firsts = [
      outcomeOf([standing]),
      outcomeOf([assertion(), standing]),
      { ...failed(), lost: 'it no longer serves' },
      passed(),
      unclear(),
    ];
    for (const first of firsts) {
      const { result, played } = await confirm(first, []);
      expect(played).to.equal(0);
      expect(result).not.to.have.property('confirmation');
    }
  });

  it('a device that is lost in a repetition is lost, and has failed again', async () => {
    const dead = (): TestOutcome => ({ ...failed(), lost: 'the upper port no longer serves' });
    const { result, lost, played } = await confirm(failed(), [failed, dead]);
    expect({ lost, played }).to.deep.equal({ lost: 'the upper port no longer serves', played: 2 });
    expect(result.confirmation).to.deep.equal({ repeated: 2, reproduced: 2 });
  });

  it('restarts the device before the first repetition, where the device file says how', async () => {
    let restarts = 0;
    const restart = (): Promise<undefined> => Promise.resolve(void (restarts += 1));
    await confirm(failed(), [failed, failed, failed], { restart });
    expect(restarts).to.equal(1);
    const { lost, played } = await confirm(failed(), [], { restart: () => Promise.resolve('it failed') });
    expect({ lost, played }).to.deep.equal({ lost: 'it failed', played: 0 });
  });

  it('says what no time was left for', async () => {
    const { result, played } = await confirm(failed(), [], { budgetMs: 4 });
    expect(played).to.equal(0);
    expect(result.verdict).to.equal('fail');
    expect(result.reason).to.match(/; not repeated, because repetitions may take 0\.004 s in a campaign/);
  });
});
