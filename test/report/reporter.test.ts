import { expect } from 'chai';
import Mocha from 'mocha';
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
  it('tells progress by what mocha knows', async () => {
    const stream = new Kept();
    expect(await run({ stream, progress: 'plain' })).to.equal(1);
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
});
