import { expect } from 'chai';
import { Floor } from '../../src/scenario/floor.ts';

describe('the floor', () => {
  it("is one test's at a time, and goes to the earliest of those that wait", async () => {
    const floor = new Floor();
    const entered: number[] = [];
    const enter = (order: number): Promise<void> => floor.take(order).then(() => void entered.push(order));
    await enter(2);
    const others = [enter(5), enter(1), enter(3)];
    await Promise.resolve();
    expect(entered).to.deep.equal([2]);
    for (const expected of [
      [2, 1],
      [2, 1, 3],
      [2, 1, 3, 5],
    ]) {
      floor.give();
      await Promise.resolve();
      await Promise.resolve();
      expect(entered).to.deep.equal(expected);
    }
    await Promise.all(others);
    floor.give();
    await enter(9);
    expect(entered.at(-1)).to.equal(9);
  });
});
