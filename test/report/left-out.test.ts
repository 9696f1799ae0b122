import { expect } from 'chai';
import { certificateHtml } from '../../src/report/certificate.ts';
import { digestOf } from '../../src/report/digest.ts';
import { groupLeftOut, leftOutSentences } from '../../src/report/left-out.ts';
import { summaryText } from '../../src/report/summary.ts';
import { partial } from './sample.ts';

const PORTS = ['lower', 'upper'];
const quick = ['ST-01', 'ST-02', 'CH-01'].flatMap((id) =>
  PORTS.map((port) => `${id}@${port} (A title (with brackets)): it was not selected`),
);
const waived = 'REL-08@upper (The device closes within a second): its permission load was not given';

describe('what a campaign left out', () => {
  it('is grouped by the reason, a test with its ports once', () => {
    const groups = groupLeftOut([...quick, waived, 'SOCK-AB-01 was not tested.']);
    expect(groups.map(({ reason, entries }) => [reason, entries.length])).to.deep.equal([
      ['it was not selected', 6],
      ['its permission load was not given', 1],
      ['SOCK-AB-01 was not tested.', 1],
    ]);
    expect(groups[0]?.tests).to.deep.equal(['ST-01', 'ST-02', 'CH-01'].map((id) => ({ id, ports: PORTS })));
  });

  it('is one line for many tests, and whole for few', () => {
    expect(leftOutSentences([...quick, waived], 2)).to.deep.equal([
      '6 tests, each because it was not selected: ST-01, ST-02 and 1 more',
      waived,
    ]);
  });

  it('does not fill the first page, nor the terminal', () => {
    const { results, records } = partial();
    const leftOut = Array.from(
      { length: 90 },
      (_, index) => `T-${index}@lower (A title): it was not selected`,
    );
    const many = { ...results, campaign: { ...results.campaign, leftOut } };
    const page = certificateHtml(many, records.map(digestOf));
    const banner = page.slice(page.indexOf('class="banner"'), page.indexOf('MOS ID, NCS ID'));
    expect(banner.match(/<li>/g)).to.have.length(1);
    expect(banner).to.include('T-89@lower');
    const text = summaryText(many, { color: false });
    expect(text).to.match(
      /Left out:\n {2}90 tests, each because it was not selected: T-0@lower.* and 78 more\n/,
    );
  });
});
