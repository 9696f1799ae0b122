import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import type { Fact } from '../../src/history/facts.ts';
import { ladderSvg } from '../../src/report/ladder.ts';
import { chooseConnections } from '../../src/report/ladder/choose.ts';
import type { Mark, Row } from '../../src/report/ladder/rows.ts';
import type { TestRecord } from '../../src/results/results.ts';
import { crowdRecord, releaseRecord } from './sample-tests.ts';
import { hostile } from './sample-hostile.ts';

const START = 4_000_000;

function withFacts(record: TestRecord, facts: unknown[]): TestRecord {
  return { ...record, facts: facts as Fact[] };
}

function rowsOf(record: TestRecord): Row[] {
  return chooseConnections(record, 1).shown[0]?.rows ?? [];
}

function say(mark: Mark | undefined): string {
  if (!mark) return '';
  return mark.kind === 'arrow' ? `${mark.toward} ${mark.label}` : `${mark.kind} ${mark.text}`;
}

describe('the rows of a ladder', () => {
  it('tell an exchange and a close in order, each state beside what caused it', () => {
    const rows = rowsOf(releaseRecord('REL-02@lower', { closes: true, deviceSeen: true }));
    expect(rows.map(({ mark }) => say(mark))).to.deep.equal([
      'device SYN',
      'ncs SYN + ACK: connected',
      'device heartbeat #12 (332 bytes)',
      'ncs heartbeat #12 (332 bytes)',
      'device FIN',
      'ncs FIN 2.5 ms after ours',
      'note end of the test',
    ]);
    expect(rows[4]?.states.ncs?.state).to.equal('FIN_WAIT_2');
    expect(rows[5]?.states.device).to.include({ state: 'none', evidence: 'observed' });
  });

  it('say what did not come, and what an inferred state was inferred from', () => {
    const rows = rowsOf(releaseRecord('REL-02@upper', { closes: false, deviceSeen: false }));
    expect(rows[4]?.states.device).to.include({
      state: 'CLOSE_WAIT',
      evidence: 'inferred',
      how: 'from FIN_WAIT_2 here',
    });
    expect(say(rows[5]?.mark)).to.equal('missing no FIN from the device, 5.01 s after ours');
  });

  it('show bytes only where no message came of them', () => {
    const record = withFacts(releaseRecord('REL-04@lower', { closes: true, deviceSeen: false }), [
      { kind: 'act', act: 'send', detail: '50 % of q1', us: START + 10, connection: 'ncs' },
      { kind: 'bytes', direction: 'sent', count: 100, us: START + 11, connection: 'ncs' },
      { kind: 'bytes', direction: 'sent', count: 66, us: START + 12, connection: 'ncs' },
      { kind: 'act', act: 'close', us: START + 20, connection: 'ncs' },
    ]);
    expect(
      rowsOf(record)
        .map(({ mark }) => say(mark))
        .slice(0, 2),
    ).to.deep.equal(['device 166 bytes (50 % of q1)', 'device FIN']);
  });

  it('infer the FIN that an orphaned end received, and say so', () => {
    const state = {
      kind: 'state',
      vantage: 'ncs',
      means: 'sock_diag',
      evidence: 'observed',
      connection: 'ncs',
    };
    const record = withFacts(releaseRecord('REL-01@lower', { closes: true, deviceSeen: false }), [
      { kind: 'act', act: 'close', us: START + 10, connection: 'ncs' },
      { ...state, state: 'FIN_WAIT_2', us: START + 20, sinceUs: START },
      { ...state, state: 'TIME_WAIT', us: START + 9000, sinceUs: START },
    ]);
    const fin = rowsOf(record).find(({ mark }) => mark?.kind === 'arrow' && mark.toward === 'ncs')?.mark;
    expect(fin).to.include({ carries: 'fin', evidence: 'inferred' });
  });

  it('tell a time-out, a refusal and a reset apart, and draw no FIN after a reset', () => {
    const event = { kind: 'event', connection: 'ncs' };
    const record = withFacts(releaseRecord('REL-01@lower', { closes: true, deviceSeen: false }), [
      { ...event, event: 'refused', code: 'ECONNREFUSED', us: START + 1 },
      { ...event, event: 'timeout', us: START + 2 },
      { ...event, event: 'reset', code: 'ECONNRESET', us: START + 3 },
      { kind: 'act', act: 'close', us: START + 4, connection: 'ncs' },
    ]);
    expect(
      rowsOf(record)
        .map(({ mark }) => say(mark))
        .slice(0, 4),
    ).to.deep.equal([
      'ncs RST: refused (ECONNREFUSED)',
      'missing time-out',
      'ncs RST (ECONNRESET)',
      'act close',
    ]);
  });

  it('draw one FIN for a half-close that a close follows, and count the wait from it', () => {
    const record = withFacts(releaseRecord('HC-05@lower', { closes: false, deviceSeen: false }), [
      { kind: 'act', act: 'half-close', us: START + 10, connection: 'ncs' },
      { kind: 'act', act: 'close', detail: 'after the half-close', us: START + 5_000_000, connection: 'ncs' },
    ]);
    const said = rowsOf(record).flatMap(({ mark }) => (mark ? [say(mark)] : []));
    expect(said.slice(0, 2)).to.deep.equal(['device FIN', 'act close: after the half-close']);
    expect(said[2]).to.match(/^missing no FIN from the device, 5\.\d\d s after ours$/);
  });

  it('count an observed state as observed although it was inferred before', () => {
    const state = {
      kind: 'state',
      vantage: 'device',
      state: 'CLOSE_WAIT',
      connection: 'ncs',
      sinceUs: START,
    };
    const record = withFacts(releaseRecord('REL-01@lower', { closes: false, deviceSeen: true }), [
      { ...state, us: START + 10, means: 'inference', evidence: 'inferred', from: 'FIN_WAIT_2 here' },
      { ...state, us: START + 20, means: 'sock_diag', evidence: 'observed' },
    ]);
    const seen = rowsOf(record).flatMap(({ states }) => (states.device ? [states.device] : []));
    expect(seen.map(({ evidence, how }) => [evidence, how])).to.deep.equal([['observed', 'by sock_diag']]);
  });

  it('fall back on results.json where the facts are gone', () => {
    const record = releaseRecord('REL-02@lower', { closes: false, deviceSeen: true });
    const states = rowsOf(withFacts(record, [])).map(({ states: { device } }) => device?.state);
    expect(states).to.include.members(['ESTABLISHED', 'CLOSE_WAIT']);
  });
});

describe('the SVG of a ladder', () => {
  it('is well-formed XML without script, whatever the device said', () => {
    for (const record of hostile().records) {
      const svg = ladderSvg(record);
      expect(XMLValidator.validate(svg)).to.equal(true);
      expect(svg).not.to.match(/<script|<img|\son\w+="|\u0000|\u001b|\u202e/);
    }
  });

  it('tells observed from inferred in words, lines and hatching', () => {
    const seen = ladderSvg(releaseRecord('REL-02@lower', { closes: false, deviceSeen: true }));
    const inferred = ladderSvg(releaseRecord('REL-02@upper', { closes: false, deviceSeen: false }));
    expect(seen).to.match(/observed by sock_diag/);
    expect(inferred).to.match(/from FIN_WAIT_2 here/);
    expect(inferred.match(/fill="url\(#inferred-/g)?.length).to.be.greaterThan(
      seen.match(/fill="url\(#inferred-/g)?.length ?? 0,
    );
    expect(seen).to.match(/still there at the end/);
    expect(seen).to.match(/5\.01 s pass/);
  });

  it('draws those that failed first and counts the others', () => {
    const record = crowdRecord('REL-09@lower', 20);
    const { shown, others } = chooseConnections(record, 8);
    expect(shown.slice(0, 5).map(({ name }) => name)).to.deep.equal([
      'crowd4',
      'crowd8',
      'crowd12',
      'crowd16',
      'crowd20',
    ]);
    expect(others).to.equal('… and 12 more connections: 12 clean');
    expect(ladderSvg(record)).to.match(/… and 12 more connections: 12 clean/);
  });

  it('is bounded in size, the middle left out', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      kind: 'message',
      direction: index % 2 === 0 ? 'sent' : 'received',
      name: 'heartbeat',
      bytes: 10,
      encoding: 'UCS-2BE',
      text: '',
      connection: 'ncs',
      us: START + index * 100,
    }));
    const svg = ladderSvg(withFacts(releaseRecord('CH-01@lower', { closes: true, deviceSeen: true }), many));
    expect(svg).to.match(/… 494\d steps not drawn …/);
    expect(svg.length).to.be.lessThan(100_000);
    expect(Number(/height="(\d+)"/.exec(svg)?.[1])).to.be.lessThan(2400);
  });

  it('draws a test that recorded nothing', () => {
    const record = releaseRecord('REL-02@lower', { closes: true, deviceSeen: true });
    const svg = ladderSvg({ ...record, facts: [], result: { ...record.result, connections: [] } });
    expect(svg).to.match(/recorded nothing/);
  });
});
