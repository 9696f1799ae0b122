import { expect } from 'chai';
import { whereOf } from '../../src/judge/cells.ts';
import { cellsOf, pairsOf } from '../../src/scenario/cells.ts';
import type { Cell } from '../../src/results/results.ts';

const EVENTS = ['nothing', 'a request', 'a hexadecimal number', 'a reference'];
const ENDS = ['close', 'half-close', 'reset'];
const ALL = cellsOf({ event: EVENTS, end: ENDS });

function where(fails: (cell: Cell) => boolean, tried = ALL): string {
  return whereOf(tried.filter(fails), tried);
}

describe('the cells in which something fails', () => {
  it('are told by the event that they share, however it ends', () => {
    expect(where(({ event }) => event === 'a hexadecimal number')).to.equal(
      'event "a hexadecimal number", any end (3 of 12 cells)',
    );
  });

  it('are told by the end that they share, whatever came before', () => {
    expect(where(({ end }) => end !== 'reset')).to.equal(
      'any event, end "close" or "half-close" (8 of 12 cells)',
    );
  });

  it('are told together where only both of it does harm', () => {
    expect(where(({ event, end }) => event === 'a reference' && end === 'close')).to.equal(
      'event "a reference", end "close" (1 of 12 cells)',
    );
  });

  it('are told apart where they share nothing', () => {
    const fails = ({ event, end }: Cell): boolean =>
      (event === 'nothing' && end === 'close') || (event === 'a request' && end === 'reset');
    expect(where(fails)).to.equal(
      'event "nothing", end "close"; event "a request", end "reset" (2 of 12 cells)',
    );
  });

  it('count as all of a table where the rest of it was not tried', () => {
    const tried = ALL.filter(({ event, end }) => event !== 'a reference' || end !== 'reset');
    expect(where(({ event }) => event === 'a reference', tried)).to.equal(
      'event "a reference", any end (2 of 11 cells)',
    );
  });

  it('are told one by one where nothing like it was tried', () => {
    const tried = ALL.filter(({ event }) => event === 'nothing').slice(0, 2);
    const last = { event: 'a reference', end: 'reset' };
    expect(whereOf([last], [...tried, last])).to.equal('event "a reference", end "reset" (1 of 3 cells)');
  });

  it('are told as any where nothing else was tried', () => {
    expect(where(() => true)).to.equal('any event, any end (12 of 12 cells)');
  });
});

describe('the cells of a grid', () => {
  it('are every combination, each once, and every row comes early', () => {
    expect(new Set(ALL.map((cell) => JSON.stringify(cell))).size).to.equal(EVENTS.length * ENDS.length);
    const early = ALL.slice(0, EVENTS.length);
    expect(new Set(early.map(({ event }) => event))).to.deep.equal(new Set(EVENTS));
  });

  it('are few where pairs are enough, and any two rows of different tables meet', () => {
    const rows = { event: EVENTS, end: ENDS, port: ['lower', 'upper'], pause: ['none', 'short'] };
    const few = pairsOf(rows);
    expect(few.length).to.be.lessThan(EVENTS.length * ENDS.length * 2);
    const tables = Object.entries(rows);
    for (const [index, [one, ones]] of tables.entries())
      for (const [other, others] of tables.slice(index + 1))
        for (const a of ones)
          for (const b of others)
            expect(
              few.some((cell) => cell[one] === a && cell[other] === b),
              `${a} and ${b}`,
            ).to.equal(true);
  });
});
