import { expect } from 'chai';
import { runDevice } from '../../src/commands/device.ts';
import { UsageError } from '../../src/commands/exit.ts';

describe('device', () => {
  it('refuses one number for two ports, in words that do not blame another program', async () => {
    const stopped = () => Promise.resolve();
    const error = await runDevice({ lower: 20_550, query: 20_550 }, { out: () => undefined, stopped }).catch(
      (problem: unknown) => problem,
    );
    expect(error).to.be.instanceOf(UsageError);
    expect((error as Error).message).to.equal('--lower and --query are both 20550.');
  });
});
