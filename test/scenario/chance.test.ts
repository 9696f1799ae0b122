import { expect } from 'chai';
import { Chance } from '../../src/scenario/chance.ts';
import type { PlayContext, SocketWatch } from '../../src/scenario/context.ts';
import { TestRun } from '../../src/scenario/run.ts';
import { closesOf } from '../../src/scenario/steps/churn.ts';
import { placesToSplit } from '../../src/scenario/steps/split-exchange.ts';
import type { Step } from '../../src/suite/model.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { SPLIT_PLACES, splitOffsets } from '../../src/wire/split-places.ts';
import { trialTarget } from '../campaign/trial.ts';

const SEEDS = [0, 1, 2, 42, 2 ** 31, Number.MAX_SAFE_INTEGER];

function numbers(chance: Chance, limit = 1_000_000): number[] {
  return Array.from({ length: 20 }, () => chance.below(limit));
}

/** A playing of a test that reaches no device. */
function runOf(seed: number, id: string, port: 'lower' | 'upper' = 'upper'): TestRun {
  const context: Partial<PlayContext> = {
    target: trialTarget({ ports: { upper: 10_541 } }),
    seed,
    signal: new AbortController().signal,
    watch: () => ({}) as SocketWatch,
  };
  return new TestRun(context as PlayContext, port, id);
}

function mixedEnds(run: TestRun, cycles = 200): readonly string[] {
  const step = { verb: 'churn', as: 'storm', close: 'mixed', cycles } as Extract<Step, { verb: 'churn' }>;
  return closesOf(run, step);
}

describe('chance', () => {
  it('is the same for the same seed and names', () => {
    for (const seed of SEEDS) {
      expect(numbers(new Chance(seed, 'a', 'b'))).to.deep.equal(numbers(new Chance(seed, 'a', 'b')));
    }
  });

  it('is the same on every machine', () => {
    expect(numbers(new Chance(42, 'a test')).slice(0, 4)).to.deep.equal([686496, 488414, 548524, 250931]);
  });

  it('is another one for another seed and for other names', () => {
    const drawn = [
      ...SEEDS.map((seed) => new Chance(seed)),
      new Chance(0, 'a'),
      new Chance(0, 'a', 'b'),
      new Chance(0, 'b', 'a'),
      new Chance(0, 'ab'),
    ].map((chance) => numbers(chance).join());
    expect(new Set(drawn)).to.have.length(drawn.length);
  });

  it('keeps within its limit, and reaches all of it', () => {
    const chance = new Chance(1);
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 7_000; draw += 1) counts[chance.below(7)]! += 1;
    expect(counts).to.have.length(7);
    for (const count of counts) expect(count).to.be.within(850, 1_150);
    expect(new Chance(1).below(1)).to.equal(0);
  });

  it('shuffles without losing anything, into every order alike', () => {
    const chance = new Chance(1);
    const orders = new Map<string, number>();
    for (let draw = 0; draw < 6_000; draw += 1) {
      const order = chance.shuffled(['a', 'b', 'c']).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect([...orders.keys()].toSorted()).to.deep.equal(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of orders.values()) expect(count).to.be.within(850, 1_150);
    expect(chance.shuffled([])).to.deep.equal([]);
  });
});

describe('the choices of a test', () => {
  const bytes = encodeText(`<mos>${'<x>é</x>'.repeat(40)}</mos>`, 'utf-8');
  const choices: Record<string, (run: TestRun) => unknown> = {
    'the order of the ends of a mixed churn': (run) => mixedEnds(run),
    'the places at which a message is split first': (run) =>
      placesToSplit(run, 'between-characters', bytes, 'utf-8'),
  };
  for (const [name, choose] of Object.entries(choices)) {
    it(`${name}: the same for the same seed, test and port, else another`, () => {
      const first = choose(runOf(42, 'CH-03M'));
      expect(choose(runOf(42, 'CH-03M'))).to.deep.equal(first);
      expect(choose(runOf(43, 'CH-03M'))).not.to.deep.equal(first);
      expect(choose(runOf(42, 'CH-03N'))).not.to.deep.equal(first);
      expect(choose(runOf(42, 'CH-03M', 'lower'))).not.to.deep.equal(first);
    });
  }

  it('ends a mixed churn in each way equally often, in any part of it', () => {
    for (const cycles of [1, 2, 3, 200]) {
      const ends = mixedEnds(runOf(7, 'CH-03M'), cycles);
      expect(ends.length).to.be.within(cycles, cycles + 2);
      for (let start = 0; start < ends.length; start += 3) {
        expect(ends.slice(start, start + 3)).to.have.members(['close', 'half-close', 'abort']);
      }
    }
  });

  it('leaves out no place, and begins with a part that is spread over the message', () => {
    for (const seed of SEEDS) {
      for (const at of SPLIT_PLACES) {
        const places = placesToSplit(runOf(seed, 'FRM-01'), at, bytes, 'utf-8');
        expect(places).to.have.members(splitOffsets(bytes, 'utf-8', at));
      }
      const long = encodeText(`<mos>${'x'.repeat(500)}</mos>`, 'utf-8');
      const inside = placesToSplit(runOf(seed, 'FRM-01'), 'between-characters', long, 'utf-8').slice(2);
      const quarters = inside.slice(0, 4).map((offset) => Math.floor((offset - 6) / 128));
      expect(quarters).to.have.members([0, 1, 2, 3]);
    }
  });
});
