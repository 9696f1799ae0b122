import { expect } from 'chai';
import Mocha from 'mocha';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mochawesomeContexts } from '../../src/report/mochawesome.ts';
import { CampaignReporter, type CampaignReporterOptions } from '../../src/report/reporter.ts';
import { failing } from './sample.ts';
import { Kept } from './streams.ts';

/** Runs three tests under the reporter and gives the number of failures that mocha was told. */
function run(options: CampaignReporterOptions): Promise<number> {
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: CampaignReporter as never,
    reporterOptions: options,
  } as Mocha.MochaOptions);
  const suite = Mocha.Suite.create(mocha.suite, 'REL Orderly release');
  suite.addTest(new Mocha.Test('REL-01@lower closes', () => undefined));
  suite.addTest(
    new Mocha.Test('REL-02@lower closes', () => {
      throw new Error('the device was still in CLOSE_WAIT');
    }),
  );
  suite.addTest(new Mocha.Test('DC-01@lower closes first'));
  return new Promise((resolve) => mocha.run(resolve));
}

describe('the reporter of a campaign', () => {
  let dir = '';
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'mos-reporter-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('writes report.html and report.json with ladders, silently, and tells progress', async function () {
    this.timeout(20_000);
    const stream = new Kept();
    const record = failing().records.find(({ result }) => result.key === 'REL-02@lower');
    const contextFor: CampaignReporterOptions['contextFor'] = (test) =>
      test.title.startsWith('REL-02') && record ? mochawesomeContexts(record) : undefined;
    const said: unknown[] = [];
    const { write } = process.stdout;
    process.stdout.write = ((chunk: unknown) => said.push(chunk) > 0) as typeof write;
    let failures: number;
    try {
      failures = await run({ dir, stream, progress: 'plain', contextFor, title: 'A device' });
    } finally {
      process.stdout.write = write;
    }
    expect(failures).to.equal(1);
    expect(said).to.deep.equal([]);
    expect(await readdir(dir)).to.have.members(['report.html', 'report.json']);
    const report = await readFile(join(dir, 'report.json'), 'utf8');
    expect(report).to.include('data:image/svg+xml,');
    expect(report).to.include('#x.png');
    expect(await readFile(join(dir, 'report.html'), 'utf8')).not.to.match(
      /<script src|<link rel="stylesheet"/,
    );
    expect(stream.text).to.match(/^pass {4}REL-01@lower closes/);
    expect(stream.text).to.include('fail    REL-02@lower closes: the device was still in CLOSE_WAIT');
    expect(stream.text).to.include('skipped DC-01@lower closes first');
  });

  it('tells the results that it is given', async () => {
    const stream = new Kept();
    const record = failing().records.find(({ result }) => result.key === 'HC-02@lower');
    await run({ stream, resultFor: () => record?.result });
    expect(stream.text).to.match(
      /^remark {2}HC-02@lower The reply to a half-closed request arrives: the device closed/,
    );
  });

  it('survives what goes wrong in the report, with one line of warning', async function () {
    this.timeout(20_000);
    const stream = new Kept();
    await mkdir(join(dir, 'report.html'));
    expect(await run({ dir, stream, progress: 'none' })).to.equal(1);
    expect(stream.text).to.match(/^warning: report\.html could not be made \(.*\)\n$/);
    const other = new Kept();
    const contextFor = (): never => {
      throw new Error('no context\n    at stack');
    };
    expect(await run({ dir: join(dir, 'b'), stream: other, progress: 'none', contextFor })).to.equal(1);
    expect(other.text).to.equal('warning: report.html could not be made (no context)\n');
  });
});
