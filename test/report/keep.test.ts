import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MARKER, type Marker } from '../../src/report/folder.ts';
import { keepNewest } from '../../src/report/keep.ts';

const DEVICE = { name: 'Prompter 7', host: '192.0.2.10', mosId: 'prompter.mos' };

/** No process has this number. */
const NOBODY = 2 ** 22 + 1;

const nameOf = (day: number): string => `prompter-7-2026-01-${String(day).padStart(2, '0')}-020000`;

describe('keeping the newest campaigns', () => {
  let reports = '';
  beforeEach(() => (reports = mkdtempSync(join(tmpdir(), 'mos-keep-'))));
  afterEach(() => rmSync(reports, { recursive: true, force: true }));

  /** The folder of a campaign on a day of January. */
  const campaign = (day: number, name = nameOf(day), changes: Partial<Marker> = {}): string => {
    const dir = join(reports, name);
    mkdirSync(join(dir, 'evidence'), { recursive: true });
    const startedAt = new Date(Date.UTC(2026, 0, day)).toISOString();
    const marker = { device: DEVICE, startedAt, pid: NOBODY, ...changes };
    writeFileSync(join(dir, MARKER), `Ours.\n${JSON.stringify(marker)}\n`);
    for (const file of ['results.json', 'history.ndjson.gz', 'evidence/capture.pcap'])
      writeFileSync(join(dir, file), 'x');
    return dir;
  };

  it('removes the older ones, and counts the one that has just ended', async () => {
    for (const day of [1, 3, 2, 4]) campaign(day);
    expect(await keepNewest(campaign(5), 2)).to.deep.equal([]);
    expect(readdirSync(reports)).to.deep.equal([nameOf(4), nameOf(5)]);
    expect(await keepNewest(join(reports, nameOf(5)), 1)).to.deep.equal([]);
    expect(readdirSync(reports)).to.deep.equal([nameOf(5)]);
  });

  it('removes nothing that is not surely an older campaign of the same device', async () => {
    campaign(1, 'golden');
    campaign(1, `${nameOf(1)}-copy`);
    campaign(1, nameOf(1), { device: { ...DEVICE, host: '192.0.2.11' } });
    campaign(2, nameOf(2), { device: { ...DEVICE, mosId: 'another.mos' } });
    rmSync(join(campaign(3, nameOf(3), { pid: process.pid }), 'history.ndjson.gz'));
    writeFileSync(join(campaign(4), MARKER), 'This folder holds a campaign of mos-conformance.\n');
    rmSync(join(campaign(5), MARKER));
    writeFileSync(join(reports, nameOf(6)), 'a file');
    const elsewhere = mkdtempSync(join(tmpdir(), 'mos-elsewhere-'));
    writeFileSync(
      join(elsewhere, MARKER),
      `\n${JSON.stringify({ device: DEVICE, startedAt: '2026', pid: NOBODY })}`,
    );
    symlinkSync(elsewhere, join(reports, nameOf(7)));
    const before = readdirSync(reports);
    const own = campaign(20);
    expect(await keepNewest(own, 1)).to.deep.equal([]);
    expect(readdirSync(reports)).to.have.members([...before, nameOf(20)]);
    expect(readdirSync(elsewhere)).to.deep.equal([MARKER]);
    rmSync(elsewhere, { recursive: true });
  });

  it('removes one that was killed', async () => {
    rmSync(join(campaign(1), 'history.ndjson.gz'));
    expect(await keepNewest(campaign(2), 1)).to.deep.equal([]);
    expect(readdirSync(reports)).to.deep.equal([nameOf(2)]);
  });

  it('leaves a folder in which somebody has put something, whole, and says so', async () => {
    const signed = campaign(1);
    writeFileSync(join(signed, 'certificate-signed.pdf'), 'signed');
    const before = readdirSync(signed);
    expect(await keepNewest(campaign(2), 1)).to.deep.equal([
      `${signed} stays: it holds certificate-signed.pdf, which no campaign wrote.`,
    ]);
    expect(readdirSync(signed)).to.deep.equal(before);
  });
});
