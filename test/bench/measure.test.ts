import { expect } from 'chai';
import { CyclesLost, once, type Bench } from '../../bench/bench.ts';
import { wishesOf } from '../../bench/command-line.ts';
import { measureAll } from '../../bench/measure.ts';

function fails(error: Error): Bench {
  return {
    name: 'fails',
    measure: async function* () {
      yield once('before', 's', 1, 2);
      throw error;
    },
  };
}

const SOUND: Bench = {
  name: 'sound',
  measure: async function* () {
    yield once('sound', 's', 3, 2);
  },
};

const quiet = (): void => undefined;

describe('the benchmark', () => {
  it('goes on where one fails, keeps its rows and says so', async () => {
    const { rows, notices, failed } = await measureAll([fails(new Error('no ss here')), SOUND], {
      ...{ quick: false, say: quiet },
    });
    expect(rows.map(({ name, ratio }) => [name, ratio])).to.deep.equal([
      ['before', 0.5],
      ['sound', 1.5],
    ]);
    expect(notices).to.deep.equal(['The rows of fails are not complete: no ss here.']);
    expect(failed).to.equal(true);
  });

  it('fails in its quick form on a lost cycle and on nothing else', async () => {
    const quick = { quick: true, say: quiet };
    expect((await measureAll([fails(new Error('no ss here'))], quick)).failed).to.equal(false);
    expect((await measureAll([fails(new CyclesLost('one of 100'))], quick)).failed).to.equal(true);
  });

  it('measures what it is asked for', () => {
    const names = (...words: string[]): unknown => {
      const wishes = wishesOf(words);
      return typeof wishes === 'string' ? wishes : wishes.benches.map(({ name }) => name);
    };
    expect(names()).to.include('tiers').and.not.include('soak');
    expect(names('--quick')).to.include('churn').and.not.include.members(['tiers']);
    expect(names('--soak')).to.include.members(['tiers', 'soak']);
    expect(names('--only', 'soak')).to.deep.equal(['soak']);
    expect(names('--only', 'tears')).to.match(/^There is no tears to measure/);
    expect(names('--write', '--quick')).to.match(/whole table/);
  });
});
