import { expect } from 'chai';
import { CampaignReporter } from '../../src/report/reporter.ts';
import { runThree } from './mocha-run.ts';
import { failing } from './sample.ts';
import { Kept } from './streams.ts';

describe('the reporter of a campaign', () => {
  it('tells progress by what mocha knows', async () => {
    const stream = new Kept();
    expect(
      await runThree(
        (runner) => new CampaignReporter(runner, { reporterOptions: { stream, progress: 'plain' } }),
      ),
    ).to.equal(1);
    expect(stream.text).to.match(/^pass {4}REL-01@lower closes/);
    expect(stream.text).to.include('fail    REL-02@lower closes: the device was still in CLOSE_WAIT');
    expect(stream.text).to.include('skipped DC-01@lower closes first');
  });

  it('tells the results that it is given', async () => {
    const stream = new Kept();
    const record = failing().records.find(({ result }) => result.key === 'HC-02@lower');
    await runThree(
      (runner) =>
        new CampaignReporter(runner, { reporterOptions: { stream, resultFor: () => record?.result } }),
    );
    expect(stream.text).to.match(
      /^remark {2}HC-02@lower The reply to a half-closed request arrives: the device closed/,
    );
  });
});
