import { expect } from 'chai';
import type { TableEntry } from '../../src/observe/observer.ts';
import { tableEntry } from './table-entry.ts';
import { SocketAges } from '../../src/observe/socket-ages.ts';

const entry = (state: TableEntry['state'], cookie?: number): TableEntry =>
  tableEntry(state, cookie === undefined ? {} : { cookie });

describe('ages of sockets', () => {
  it('grow while a socket stays in its state and begin anew with the next one', () => {
    const ages = new SocketAges();
    const age = (state: TableEntry['state'], us: number): number | undefined =>
      ages.look([entry(state)], us)[0]?.ageUs;
    expect(age('ESTABLISHED', 1_000)).to.equal(0);
    expect(age('ESTABLISHED', 3_000)).to.equal(2_000);
    expect(age('FIN_WAIT_2', 4_000)).to.equal(0);
    expect(age('FIN_WAIT_2', 9_000)).to.equal(5_000);
  });

  it('forget what is gone, and tell a new socket with the same ends from the old one', () => {
    const ages = new SocketAges();
    ages.look([entry('TIME_WAIT', 1)], 0);
    expect(ages.look([entry('TIME_WAIT', 2)], 10)[0]?.ageUs).to.equal(0);
    ages.look([], 20);
    expect(ages.look([entry('TIME_WAIT', 2)], 30)[0]?.ageUs).to.equal(0);
  });

  it('leave listeners out', () => {
    expect(new SocketAges().look([entry('LISTEN')], 0)).to.deep.equal([]);
  });
});
