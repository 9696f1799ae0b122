import { expect } from 'chai';
import { TCP_STATES } from '../../src/history/facts.ts';
import { readTable } from '../../src/observe/tables/read-table.ts';
import type { SocketTable } from '../../src/observe/tables/table.ts';
import { diagnose, type Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { judgePair, RULES, type EndState } from '../../src/diagnosis/rules.ts';
import { FAULTS } from '../../src/faults/catalogue.ts';

const PORTS = [10_540, 10_541, 10_542];

/** `STATE receive send local remote`, as ss writes it, with a listener so that the table is whole. */
function table(...rows: string[]): SocketTable {
  const read = readTable(['LISTEN 0 50 0.0.0.0:22 0.0.0.0:*', ...rows].join('\n'));
  if (!read) throw new Error('no table');
  return read;
}

const briefs = ({ findings }: Diagnosis): string[] =>
  findings.map(
    ({ id, stuck, side, fault, connections }) =>
      `${id} ${stuck ? 'stuck' : 'check'} ${side} ${fault ?? '-'} ${connections.length}`,
  );

const NCS = '192.0.2.10';
const DEVICE = '192.0.2.20';
const open = {
  ncs: `ESTAB 0 0 ${NCS}:50000 ${DEVICE}:10540`,
  device: `ESTAB 0 0 ${DEVICE}:10540 ${NCS}:50000`,
};

describe('diagnosis of two tables', () => {
  it('finds the fault of the paper', () => {
    const diagnosis = diagnose(
      {
        ncs: table(open.ncs, `FIN-WAIT-2 0 0 ${NCS}:50001 ${DEVICE}:10541`),
        device: table(open.device, `CLOSE-WAIT 0 0 ${DEVICE}:10541 ${NCS}:50001`),
      },
      PORTS,
    );
    expect(briefs(diagnosis)).to.deep.equal(['device-does-not-close stuck device close-wait-leak 1']);
    expect(diagnosis.findings[0]?.confidence).to.equal('likely');
    expect(diagnosis.findings[0]?.details).to.deep.equal([
      'The device has read the end of the stream, and did not close.',
    ]);
    expect(diagnosis.counts).to.deep.equal({ 'ESTABLISHED / ESTABLISHED': 1, 'FIN_WAIT_2 / CLOSE_WAIT': 1 });
    expect(diagnosis.sound).to.equal(1);
  });

  it('blames the newsroom where the newsroom does not close', () => {
    const diagnosis = diagnose(
      {
        ncs: table(open.ncs, `CLOSE-WAIT 1 0 ${NCS}:50001 ${DEVICE}:10541`),
        device: table(open.device, `FIN-WAIT-2 0 0 ${DEVICE}:10541 ${NCS}:50001`),
      },
      PORTS,
    );
    expect(briefs(diagnosis)).to.deep.equal(['newsroom-does-not-close stuck newsroom - 1']);
  });

  it('finds CLOSE_WAIT at the device after the NCS has forgotten its end', () => {
    const diagnosis = diagnose(
      { ncs: table(open.ncs), device: table(open.device, `CLOSE-WAIT 1 0 ${DEVICE}:10541 ${NCS}:50001`) },
      PORTS,
    );
    expect(briefs(diagnosis)).to.deep.equal(['device-does-not-close stuck device close-wait-leak 1']);
    expect(diagnosis.findings[0]?.ncs).to.equal('absent');
    expect(diagnosis.findings[0]?.details.join(' '))
      .to.contain('no longer reads')
      .and.to.contain('same moment');
  });

  it('finds nothing wrong with open and released connections', () => {
    const diagnosis = diagnose(
      {
        ncs: table(open.ncs, `TIME-WAIT 0 0 ${NCS}:50001 ${DEVICE}:10541`),
        device: table(open.device, `TIME-WAIT 0 0 ${DEVICE}:10541 ${NCS}:50002`),
      },
      PORTS,
    );
    expect(diagnosis.findings).to.deep.equal([]);
    expect(diagnosis.sound).to.equal(3);
  });

  it('finds ends whose other end is gone', () => {
    const diagnosis = diagnose(
      {
        ncs: table(open.ncs, `ESTAB 0 0 ${NCS}:50001 ${DEVICE}:10541`),
        device: table(open.device, `ESTAB 0 0 ${DEVICE}:10541 ${NCS}:49999`),
      },
      PORTS,
    );
    expect(briefs(diagnosis)).to.deep.equal([
      'device-vanished check device - 1',
      'newsroom-vanished check device holds-vanished-ncs 1',
    ]);
  });

  it('takes nothing for absent from an excerpt', () => {
    const excerpt = readTable(`CLOSE-WAIT 1 0 ${DEVICE}:10541 ${NCS}:50001`);
    const diagnosis = diagnose(
      {
        ncs: table(open.ncs, `FIN-WAIT-2 0 0 ${NCS}:50001 ${DEVICE}:10541`),
        ...(excerpt && { device: excerpt }),
      },
      PORTS,
    );
    expect(briefs(diagnosis)).to.deep.equal(['device-does-not-close stuck device close-wait-leak 1']);
    expect(diagnosis.notes.join(' ')).to.contain("device's table is an excerpt");
  });

  it('sees bytes that are not read and connections that are not accepted', () => {
    const device = readTable(
      [
        `LISTEN 3 50 0.0.0.0:10541 0.0.0.0:*`,
        `ESTAB 812 0 ${DEVICE}:10540 ${NCS}:50000`,
        `LISTEN 7 50 0.0.0.0:22 0.0.0.0:*`,
      ].join('\n'),
    );
    const diagnosis = diagnose({ ncs: table(open.ncs), ...(device && { device }) }, PORTS);
    expect(briefs(diagnosis)).to.have.members([
      'unread check device stops-reading-after-n 1',
      'waiting-to-be-accepted check device - 1',
    ]);
  });

  it('judges each end alone where the tables are not related, and says so', () => {
    const diagnosis = diagnose(
      {
        ncs: table(`ESTAB 0 0 ${NCS}:50001 ${DEVICE}:10541`, `FIN-WAIT-2 0 0 ${NCS}:50002 ${DEVICE}:10541`),
        device: table(
          `ESTAB 0 0 ${DEVICE}:10541 ${NCS}:60001`,
          `CLOSE-WAIT 1 0 ${DEVICE}:10541 ${NCS}:60002`,
        ),
      },
      PORTS,
    );
    expect(diagnosis.notes[0]).to.contain('share no connection');
    expect(briefs(diagnosis)).to.deep.equal([
      'device-seems-not-to-close stuck device close-wait-leak 1',
      'device-does-not-close stuck device close-wait-leak 1',
    ]);
  });

  it('says where no connection belongs to MOS', () => {
    const diagnosis = diagnose({ ncs: table('ESTAB 0 0 192.0.2.1:1 192.0.2.2:443') }, PORTS);
    expect(diagnosis.notes.join(' ')).to.contain('--ports').and.to.contain('10540');
    expect(diagnosis.findings).to.deep.equal([]);
  });

  it('does not judge words that it does not know', () => {
    const diagnosis = diagnose({ ncs: table(`SOMETHING 0 0 ${NCS}:50001 ${DEVICE}:10541`) }, PORTS);
    expect(diagnosis.findings).to.deep.equal([]);
    expect(diagnosis.sound).to.equal(0);
    expect(diagnosis.notes.join(' ')).to.contain('SOMETHING');
  });
});

describe('diagnosis of one table', () => {
  it('infers the device from FIN_WAIT_2 of the newsroom', () => {
    const diagnosis = diagnose({ ncs: table(`FIN-WAIT-2 0 0 ${NCS}:50001 ${DEVICE}:10541`) }, PORTS);
    expect(briefs(diagnosis)).to.deep.equal(['device-seems-not-to-close stuck device close-wait-leak 1']);
    expect(diagnosis.findings[0]).to.include({ confidence: 'likely', device: 'unseen' });
    expect(diagnosis.findings[0]?.details[0]).to.match(/^Inferred/);
  });

  it('sees the device itself in the table of the device', () => {
    const diagnosis = diagnose({ device: table(`CLOSE-WAIT 1 0 ${DEVICE}:10541 ${NCS}:50001`) }, PORTS);
    expect(briefs(diagnosis)).to.deep.equal(['device-does-not-close stuck device close-wait-leak 1']);
    expect(diagnosis.findings[0]?.confidence).to.equal('likely');
  });
});

describe('rules for two ends', () => {
  const ends: EndState[] = [...TCP_STATES.filter((state) => state !== 'LISTEN'), 'none', 'absent', 'unseen'];

  it('judge every pair, and CLOSE_WAIT never as sound', () => {
    for (const ncs of ends) {
      for (const device of ends) {
        const judged = judgePair(ncs, device);
        expect(judged, `${ncs} ${device}`).not.to.equal('unknown');
        if (ncs === 'CLOSE_WAIT' || device === 'CLOSE_WAIT') {
          expect(judged, `${ncs} ${device}`).not.to.equal('sound');
        }
      }
    }
  });

  it('never blame the device for what only the newsroom shows, nor the other way round', () => {
    for (const end of ends) {
      const ncsWaits = judgePair('CLOSE_WAIT', end);
      expect(typeof ncsWaits === 'object' && ncsWaits.side, end).not.to.equal('device');
      const deviceWaits = judgePair(end, 'CLOSE_WAIT');
      expect(typeof deviceWaits === 'object' && deviceWaits.side, end).not.to.equal('newsroom');
    }
  });

  it('name faults of the catalogue, and explain the others themselves', () => {
    for (const { id, fault, title, explanation, remedy } of RULES) {
      if (fault === undefined) expect([title, explanation, remedy], id).not.to.include(undefined);
      else expect(FAULTS.has(fault), fault).to.equal(true);
    }
  });
});
