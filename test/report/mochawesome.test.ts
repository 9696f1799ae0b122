import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import type { Fact } from '../../src/history/facts.ts';
import { mochawesomeContexts } from '../../src/report/mochawesome.ts';
import type { TestRecord } from '../../src/results/results.ts';
import { hostile } from './sample-hostile.ts';
import { crowdRecord, releaseRecord } from './sample-tests.ts';

/** The picture that such an address holds. */
function pictureIn(address: string): string {
  return Buffer.from(address.replace(/^[^,]*,|#x\.png$/g, ''), 'base64').toString();
}

/** The ladder of a record as the picture's address holds it, as if it had failed. */
function pictureOf(record: TestRecord): string {
  const failed = { ...record, result: { ...record.result, verdict: 'fail' as const } };
  return String(mochawesomeContexts(failed).find(({ title }) => title === 'Ladder')?.value);
}

describe('what mochawesome shows with a test', () => {
  it('is a ladder as a picture that any browser reads back, whatever the device said', () => {
    for (const record of [crowdRecord('REL-09@lower', 20), ...hostile().records]) {
      const address = pictureOf(record);
      expect(address).to.match(/^data:image\/svg\+xml;base64,[\w+/]+=*#x\.png$/);
      expect(XMLValidator.validate(pictureIn(address))).to.equal(true);
    }
  });

  it('carries no indentation, which many pictures would make megabytes of', () => {
    const address = pictureOf(releaseRecord('REL-02@lower', { closes: false, deviceSeen: true }));
    expect(pictureIn(address)).not.to.match(/\n| {2}/);
  });

  it('has no ladder where a test simply passed, which two hundred pictures would make megabytes of', () => {
    const record = releaseRecord('REL-02@lower', { closes: true, deviceSeen: true });
    const titles = (verdict: 'pass' | 'fail'): string[] =>
      mochawesomeContexts({ ...record, result: { ...record.result, verdict } }).map(({ title }) => title);
    expect(titles('pass')).not.to.include('Ladder');
    expect(titles('fail')).to.include('Ladder');
  });

  it('has all of a short log of messages, and little of one where a test simply passed', () => {
    const record = releaseRecord('REL-02@lower', { closes: true, deviceSeen: true });
    const message = { kind: 'message', direction: 'received', name: 'heartbeat', bytes: 9000 } as const;
    const facts = Array.from({ length: 20 }, (_, us): Fact => ({
      ...message,
      us,
      encoding: 'ucs-2be',
      text: `<mos>${us}${'x'.repeat(4000)}</mos>`,
    }));
    const logOf = (verdict: 'pass' | 'fail'): string => {
      const contexts = mochawesomeContexts({ ...record, facts, result: { ...record.result, verdict } });
      return String(contexts.find(({ title }) => title === 'Messages')?.value);
    };
    expect(logOf('fail')).to.include('19xxx').and.to.include('10xxx');
    expect(logOf('pass'))
      .to.include('19xxx')
      .and.to.include('… 12 messages not shown, see history.ndjson.gz …');
    expect(logOf('pass').length).to.be.below(logOf('fail').length / 5);
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
