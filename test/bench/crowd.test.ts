import { expect } from 'chai';
import { Crowd, mostOfOne } from '../../bench/look/crowd.ts';
import { queryFor } from '../../src/observe/observer.ts';
import { ProcObserver } from '../../src/observe/proc.ts';

describe('a crowd of connections', () => {
  it('has both ends of each in the socket table, and leaves nothing there', async () => {
    const crowd = new Crowd(110);
    const most = mostOfOne(110);
    await crowd.growTo(2 * most + 1);
    const { tuples } = crowd;
    expect(tuples).to.have.length(2 * most + 1);
    const queries = tuples.flatMap((tuple) => [queryFor(tuple, 'ncs'), queryFor(tuple, 'device')]);
    const look = new ProcObserver();
    const states = async (): Promise<unknown[]> =>
      (await look.lookup(queries)).map((reading) => reading?.state ?? 'none');
    expect(new Set(await states())).to.deep.equal(new Set(['ESTABLISHED']));
    await crowd.disperse();
    expect(new Set(await states())).to.deep.equal(new Set(['none']));
  });
});
