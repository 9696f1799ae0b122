import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import { mochawesomeContexts } from '../../src/report/mochawesome.ts';
import { hostile } from './sample-hostile.ts';
import { crowdRecord, releaseRecord } from './sample-tests.ts';

/** The ladder of a record as the picture's address holds it. */
function pictureOf(record: Parameters<typeof mochawesomeContexts>[0]): string {
  return String(mochawesomeContexts(record).find(({ title }) => title === 'Ladder')?.value);
}

describe('what mochawesome shows with a test', () => {
  it('is a ladder as a picture that any browser reads back, whatever the device said', () => {
    for (const record of [crowdRecord('REL-09@lower', 20), ...hostile().records]) {
      const address = pictureOf(record);
      expect(address).to.match(/^data:image\/svg\+xml,[^"<>&#\s]*(?: [^"<>&#\s]*)*#x\.png$/);
      const svg = decodeURIComponent(address.replace(/^[^,]*,|#x\.png$/g, ''));
      expect(XMLValidator.validate(svg)).to.equal(true);
    }
  });

  it('carries no indentation, which two hundred pictures would make megabytes of', () => {
    const address = pictureOf(releaseRecord('REL-02@lower', { closes: false, deviceSeen: true }));
    expect(address).not.to.match(/%20|%0A| {2}/);
  });

  it('tells the states of both ends, and which of them were inferred', () => {
    const record = releaseRecord('REL-02@lower', { closes: false, deviceSeen: false });
    const told = mochawesomeContexts(record).find(({ title }) => title === 'Connections')?.value;
    expect(told).to.include('NCS (our end): ESTABLISHED, FIN_WAIT_2');
    expect(told).to.include('Device: CLOSE_WAIT (inferred)');
  });

  it('gives a verdict its reason, and a pass none', () => {
    const record = releaseRecord('REL-02@lower', { closes: true, deviceSeen: true });
    const verdictOf = (reason: string): unknown =>
      mochawesomeContexts({ ...record, result: { ...record.result, verdict: 'pass', reason } })[0]?.value;
    expect([verdictOf(''), verdictOf('as seen')]).to.deep.equal(['pass', 'pass: as seen']);
  });
});
