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
    expect(out).to.contain('close-wait-leak (certain): the device never closes its end');
    expect(out).to.contain('from ports 50123, 50131, 50144');
    expect(out).to.contain('explain close-wait-leak');
    expect(out).to.match(/3 connections are stuck\. 3 connections are open at both ends or released\.$/);
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
    expect(device.out).to.contain('close-wait-leak (certain)').and.to.contain('netstat (Solaris)');
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
    expect((await run({ table: path, from: 'device' })).code).to.equal(0);
    expect((await run({ table: path, from: 'device', ports: '11540, 11541' })).code).to.equal(1);
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
      [{ table: fixture('ncs-windows'), device: fixture('device-ss'), from: 'ncs' }, /^--from says/],
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
