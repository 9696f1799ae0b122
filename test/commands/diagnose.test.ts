import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runDiagnose, type DiagnoseArguments } from '../../src/commands/diagnose.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/tables/${name}.txt`, import.meta.url));

async function run(given: DiagnoseArguments): Promise<{ code: number; out: string; complaints: string }> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await runDiagnose(given, {
    out: (line) => out.push(line),
    complain: (line) => complaints.push(line),
    color: false,
  });
  return { code, out: out.join('\n'), complaints: complaints.join('\n') };
}

describe('diagnose', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'diagnose-'))));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('joins Windows and Linux, names fault and remedy, and exits 1', async () => {
    const { code, out } = await run({ table: fixture('ncs-windows'), device: fixture('device-ss') });
    expect(code).to.equal(1);
    expect(out).to.contain('3 connections: FIN_WAIT_2 at the NCS, CLOSE_WAIT at the device');
    expect(out).to.contain('close-wait-leak (likely): the device never closes its end');
    expect(out).to.contain('from ports 50123, 50131, 50144');
    expect(out).to.contain('explain close-wait-leak');
    expect(out).to.match(
      /3 connections are stuck\. 3 connections are open at both ends or released\.\nTake the tables again/,
    );
  });

  it('writes JSON that has it all', async () => {
    const { code, out } = await run({
      table: fixture('ncs-windows'),
      device: fixture('device-ss'),
      json: true,
    });
    const result = JSON.parse(out);
    expect(code).to.equal(1);
    expect(result).to.deep.include({ schemaVersion: 1, stuck: 3, sound: 3, notes: [] });
    expect(result.ncs).to.include({ format: 'windows-netstat', sockets: 10 });
    expect(result.findings).to.have.length(1);
    expect(result.findings[0].connections[0].ncs).to.deep.include({ line: 10, state: 'FIN_WAIT_2' });
    expect(result.findings[0].connections[0].device.state).to.equal('CLOSE_WAIT');
  });

  it('works with one table of either side', async () => {
    const ncs = await run({ table: fixture('ncs-windows') });
    expect(ncs).to.include({ code: 1 });
    expect(ncs.out).to.contain('close-wait-leak (likely)').and.to.contain('Inferred');
    const device = await run({ table: fixture('device-solaris'), from: 'device' });
    expect(device).to.include({ code: 1 });
    expect(device.out).to.contain('close-wait-leak (likely)').and.to.contain('netstat (Solaris)');
  });

  it('finds both ends in the one table of a host that has both', async () => {
    const { code, out } = await run({ table: fixture('loopback-ss') });
    expect(code).to.equal(1);
    expect(out).to.contain('1 connection: FIN_WAIT_2 at the NCS, CLOSE_WAIT at the device');
    expect(out).to.contain('did not close. Owned by 4711/mosd.');
  });

  it('exits 0 where nothing is stuck', async () => {
    const path = file(
      'sound.txt',
      'ESTAB 0 0 192.0.2.10:50000 192.0.2.20:10541\nLISTEN 0 9 0.0.0.0:22 0.0.0.0:*\n',
    );
    const { code, out } = await run({ table: path });
    expect(code).to.equal(0);
    expect(out).to.contain('Nothing is stuck. 1 connection is open at both ends or released.');
  });

  it('looks at other ports where told so', async () => {
    const path = file('ports.txt', 'CLOSE-WAIT 1 0 192.0.2.20:11541 192.0.2.10:50000\n');
    expect((await run({ table: path, from: 'device' })).code).to.equal(3);
    expect((await run({ table: path, from: 'device', ports: '11540, 11541' })).code).to.equal(1);
  });

  it('doubts the order of tables whose first host only takes connections, unless told whose it is', async () => {
    const swapped = { table: fixture('device-ss'), device: fixture('ncs-windows') };
    const doubted = await run(swapped);
    expect(doubted.out).to.match(/Note +The host of the first table takes every connection of MOS/);
    expect(doubted.out.indexOf('Note')).to.be.lessThan(doubted.out.indexOf('STUCK'));
    expect(JSON.parse((await run({ ...swapped, json: true })).out).notes[0]).to.match(
      /^The host of the first/,
    );
    const told = await run({ ...swapped, from: 'device' });
    expect(told.out).to.contain('3 connections: FIN_WAIT_2 at the NCS, CLOSE_WAIT at the device');
    expect(told.out).not.to.contain('takes every connection');
    expect((await run({ ...swapped, from: 'ncs' })).out).not.to.contain('takes every connection');
  });

  it('doubts a single table of a host that only takes connections, unless told whose it is', async () => {
    expect((await run({ table: fixture('device-ss') })).out).to.contain('Say --from device');
    const told = await run({ table: fixture('device-ss'), from: 'device' });
    expect(told.out).not.to.contain('takes every connection');
  });

  it('takes the two tables of one host for what they are where the connections are within it', async () => {
    const within =
      'tcp 0 0 192.0.2.20:50000 192.0.2.20:10541 FIN_WAIT2\n' +
      'tcp 1 0 192.0.2.20:10541 192.0.2.20:50000 CLOSE_WAIT\n' +
      'tcp 0 0 0.0.0.0:10541 0.0.0.0:* LISTEN\n';
    const path = file('within.txt', within);
    expect(await run({ table: path, device: path })).to.include({ code: 1, complaints: '' });
  });

  it('does not call it good news where no connection of MOS was found', async () => {
    const heading = '  Proto  Local Address          Foreign Address        State\n';
    const { code, out } = await run({ table: file('heading.txt', heading) });
    expect(code).to.equal(3);
    expect(out).to.match(/Nothing to judge: no connection of MOS was found\.$/);
  });

  it('names a listener where connections wait, not a connection', async () => {
    const waiting = 'LISTEN 3 128 0.0.0.0:10541 0.0.0.0:*\nESTAB 0 0 192.0.2.20:10541 192.0.2.10:50000\n';
    const { out } = await run({ table: file('waiting.txt', waiting), from: 'device' });
    expect(out).to.contain('Check    Connections that wait at a listener of the device');
    expect(out).to.match(/Where +the device's \*:10541/);
    expect(out).not.to.contain('no table of the NCS, LISTEN');
  });

  it('reads what PowerShell writes', async () => {
    const text = '\ufeff  TCP    192.0.2.20:10541   192.0.2.10:50000   CLOSE_WAIT   812\r\n';
    const path = file('powershell.txt', Buffer.from(text, 'utf16le'));
    expect((await run({ table: path, from: 'device' })).code).to.equal(1);
  });

  it('lets no control character of a pasted table reach the terminal', async () => {
    const path = file(
      'hostile.txt',
      'tcp 0 0 192.0.2.20:10541 192.0.2.10:50000 CLOSE_WAIT 1/\u001b[31mx\ntcp 0 0 \u001b]0;x:10541 y:1 \u202eX\n',
    );
    const { out } = await run({ table: path, from: 'device' });
    expect(out).not.to.match(/[\u001b\u202e]/);
  });

  it('exits 2 with one sentence for what cannot be read', async () => {
    const cases: [DiagnoseArguments, RegExp][] = [
      [{ table: join(folder, 'missing.txt') }, /missing\.txt cannot be read: there is no such file\.$/],
      [{ table: folder }, /cannot be read: it is a folder\.$/],
      [{ table: file('empty.txt', '') }, /holds no socket table that is known/],
      [{ table: file('noise.bin', Buffer.from([0, 1, 2, 255, 254])) }, /holds no socket table/],
      [
        { table: fixture('ncs-windows'), device: file('story.txt', 'Once upon a time') },
        /story\.txt holds no/,
      ],
      [{ table: fixture('ncs-windows'), ports: '0' }, /^--ports takes ports/],
      [
        { table: fixture('device-ss'), device: fixture('device-ss') },
        /^Both tables come from the same host: each has /,
      ],
    ];
    for (const [given, complaint] of cases) {
      const { code, out, complaints } = await run(given);
      expect(code, String(complaint)).to.equal(2);
      expect(complaints).to.match(complaint);
      expect(complaints).not.to.contain('\n');
      expect(out).to.equal('');
    }
  });
});
