import { expect } from 'chai';
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ChurnReport, EngineName } from '../../../src/history/churn/report.ts';
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import type { ChurnOptions } from '../../../src/ncs/churn/options.ts';
import { playChurn } from '../../../src/scenario/churn/play.ts';
import type { SockDiagObserver } from '../../../src/observe/sockdiag/observer.ts';
import { openSockDiag } from '../../observe/support.ts';
import { ownAddress } from '../../own-address.ts';
import { options, withoutExtra } from './peer.ts';

const SCRIPT = fileURLToPath(new URL('./device.py', import.meta.url));

const ENGINES: readonly EngineName[] = ['kernel', 'node'];

for (const engine of ENGINES) {
  describe(`churn on the engine ${engine} of a device in another language`, function () {
    this.timeout(30_000);
    let observer: SockDiagObserver;
    let device: ChildProcessWithoutNullStreams | undefined;

    before(function () {
      if (process.platform !== 'linux' || spawnSync('python3', ['--version']).error) this.skip();
      observer = openSockDiag();
    });
    afterEach(() => device?.stdin.end());
    after(() => observer?.close());

    async function churn(manner: string[], changes: Partial<ChurnOptions> = {}): Promise<ChurnReport> {
      const address = ownAddress();
      device = spawn('python3', [SCRIPT, address, ...manner]);
      const [line] = (await once(device.stdout, 'data')) as [Buffer];
      const report = await playChurn(
        {
          ...options(Number(line.toString())),
          remote: { address, port: Number(line.toString()) },
          ...{ cycles: 200, replyMs: 1_000, releaseMs: 1_000 },
          lookUp: (ends) => observer.lookup(ends),
          ...changes,
        },
        { means: 'sock_diag', ...(engine === 'node' && { engine }) },
      );
      expect(report.engine, report.whyNode).to.equal(engine);
      expect(imbalance(report.tally)).to.deep.equal({ opening: 0, asking: 0, ending: 0 });
      return withoutExtra(report);
    }

    for (const closes of [['close'], ['half-close'], ['abort'], ['close', 'half-close', 'abort']] as const) {
      it(`finds nothing where it is sound and connections end by ${closes.join(', ')}`, async () => {
        const { ended, tally } = await churn(['sound'], { closes });
        expect(ended).to.equal('cycles');
        expect(tally).to.include({ opened: 200, answered: 200, released: 200 });
      });
    }

    it('counts what it never closes', async () => {
      const { tally } = await churn(['never closes', '50']);
      expect(tally).to.include({ answered: 200, left: 4, released: 196 });
      expect([...tally.leftIn]).to.deep.equal([['FIN_WAIT_2 here and CLOSE_WAIT at the device', 4]]);
    });

    it('waits for late replies', async () => {
      const { tally, latencies } = await churn(['replies late', '50'], { cycles: 60 });
      expect(failuresOf(tally)).to.equal(0);
      expect(Math.min(...latencies.during)).to.be.at.least(49);
    });

    it('puts replies together that come in pieces', async () => {
      const { tally } = await churn(['in pieces', '5'], { cycles: 60 });
      expect(tally).to.include({ answered: 60, released: 60 });
    });

    it('counts replies that came on the connection of another', async () => {
      const { ended, tally } = await churn(['swaps']);
      expect(ended).to.equal('refuted');
      expect(tally.misdirected).to.be.at.least(9);
      expect(tally.resetEarly + tally.closedEarly + tally.left + tally.late).to.equal(0);
    });

    it('counts requests that were met by a reset', async () => {
      const { tally } = await churn(['resets', '40']);
      expect(tally).to.include({ answered: 195, resetEarly: 5 });
    });

    it('counts replies that were cut', async () => {
      const { tally } = await churn(['cuts', '100']);
      expect(tally).to.include({ answered: 198, unanswered: 2, released: 200 });
    });

    it('stays within the number of connections that it takes, and sees what becomes of more', async () => {
      const within = await churn(['refuses beyond', '8'], { mostOpen: 8, restMs: 20 });
      expect(failuresOf(within.tally)).to.equal(0);
      device?.stdin.end();
      const beyond = await churn(['refuses beyond', '4'], { concurrency: 12 });
      expect(beyond.ended).to.equal('refuted');
      expect(beyond.tally.resetEarly + beyond.tally.resetOnOpen).to.be.at.least(1);
    });

    it('says when it stops listening', async () => {
      const { ended, tally } = await churn(['stops listening', '120']);
      expect(ended).to.equal('refuted');
      expect(tally.refused + tally.resetEarly + tally.resetOnOpen).to.be.at.least(9);
      expect(tally.answered).to.be.at.least(100);
    });
  });
}
