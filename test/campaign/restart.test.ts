import { expect } from 'chai';
import { restartDevice } from '../../src/campaign/restart.ts';

describe('the restart command', function () {
  this.timeout(20_000);

  const run = (command: string): Promise<string | undefined> =>
    restartDevice({
      command,
      recoveryMs: 1_000,
      whyNot: () => Promise.resolve(undefined),
      signal: new AbortController().signal,
    });

  /** Keeps the shell's output open for longer than anybody waits, and ends by itself. */
  const LINGERING = `${JSON.stringify(process.execPath)} -e "setTimeout(() => {}, 20000)" &`;

  it('is over when its shell is, whatever it left running with the same output', async function () {
    if (process.platform === 'win32') {
      process.stdout.write('skipped: cmd.exe has no command that goes on in the background\n');
      return this.skip();
    }
    expect(await run(LINGERING)).to.equal(undefined);
  });

  it('tells how it failed and what it said last', async () => {
    const script = "console.log('starting'); console.error('no such unit'); process.exit(7)";
    const problem = await run(`${JSON.stringify(process.execPath)} -e ${JSON.stringify(script)}`);
    expect(problem).to.equal('the restart command failed: it ended with code 7: no such unit');
  });
});
