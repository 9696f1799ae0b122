import { expect } from 'chai';
import { Timers } from '../../../../src/ncs/churn/kernel/timers.ts';

describe('timers', () => {
  it('run in the order in which they are due, those of one time in the order in which they came', () => {
    const timers = new Timers();
    const ran: string[] = [];
    const add = (dueUs: number, name: string): void => timers.add(dueUs, () => ran.push(name));
    expect(timers.nextUs).to.equal(Infinity);
    add(20, 'c');
    add(10, 'a');
    add(10, 'b');
    add(30, 'd');
    expect(timers.nextUs).to.equal(10);
    timers.run(9);
    expect(ran).to.deep.equal([]);
    timers.run(20);
    expect(ran).to.deep.equal(['a', 'b', 'c']);
    expect(timers.nextUs).to.equal(30);
  });

  it('leave for the next time what becomes due meanwhile', () => {
    const timers = new Timers();
    let ran = 0;
    const again = (): void => {
      ran += 1;
      timers.add(0, again);
    };
    timers.add(0, again);
    timers.run(5);
    expect(ran).to.equal(1);
  });
});
