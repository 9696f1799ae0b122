import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { runCheck } from '../../src/commands/check.ts';
import { UsageError } from '../../src/commands/exit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'check-'));

function file(name: string, text: string | Buffer): string {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
}

function check(files: string[], json = false): { code: number; said: string } {
  const lines: string[] = [];
  const code = runCheck({ files, json }, { out: (line) => lines.push(line.replaceAll(folder, '')) });
  return { code, said: lines.join('\n') };
}

const suite =
  'suite: S\ngroup: REL\ntests:\n  - id: T-1\n    title: t\n    steps:\n      - expect: { serving: true, covers: SOCK-REL-10 }\n';

after(() => rmSync(folder, { recursive: true }));

describe('check', () => {
  it('recognises suites and device files and says ok', () => {
    const device = file('device.yaml', 'name: Prompter\nhost: 192.0.2.1\n');
    expect(check([file('suite.yaml', suite), device])).to.deep.equal({
      code: 0,
      said:
        '/suite.yaml: ok, suite "S", 1 test\n' +
        '/device.yaml: ok, device file of "Prompter"; to be given on the command line: mosId, ncsId',
    });
  });

  it('lists every problem of every file at once and ends with 2', () => {
    const broken = file('broken.yaml', suite.replace('serving', 'servng'));
    const device = file('odd.yaml', 'host: x\nmosID: y\nports: { lower: 0 }\n');
    const { code, said } = check([broken, device, file('suite.yaml', suite)]);
    expect(code).to.equal(2);
    expect(said.split('\n').filter((line) => line.startsWith('/'))).to.deep.equal([
      '/suite.yaml: ok, suite "S", 1 test',
      '/broken.yaml:7:19 unknown expectation "servng"; did you mean "serving"?',
      '/odd.yaml:2:1 unknown key "mosID"; did you mean "mosId"?',
      '/odd.yaml:3:17 expected a port from 1 to 65535, got 0',
    ]);
    expect(said).to.contain('\n3 problems');
  });

  it('finds IDs that files share', () => {
    const { code, said } = check([file('a.yaml', suite), file('b.yaml', suite)]);
    expect(code).to.equal(2);
    expect(said).to.contain('/b.yaml:4:5 duplicate test ID "T-1"; it is also in /a.yaml:4');
  });

  it('says what is neither, what is no YAML and what is not there', () => {
    const neither = file('package.json', '{ "name": "x", "version": "1", "scripts": {} }');
    expect(check([neither]).said).to.contain('is neither a suite');
    expect(check([file('list.yaml', '- 1\n')]).said).to.contain('is neither a suite');
    expect(check([file('bad.yaml', 'a: [1\nb: 2\n')]).code).to.equal(2);
    expect(() => check([path.join(folder, 'none.yaml')])).to.throw(UsageError, /^no file /);
  });

  it('tells how a file was saved that it cannot read', () => {
    const utf16 = Buffer.from(suite, 'utf16le');
    for (const bytes of [
      utf16,
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      Buffer.from(utf16).swap16(),
    ]) {
      expect(check([file('utf16.yaml', bytes)]).said).to.match(/is UTF-16 text, .*; save it as UTF-8\n/);
    }
    expect(check([file('latin.yaml', Buffer.from('name: caf\xe9\n', 'latin1'))]).said).to.contain('no UTF-8');
  });

  it('writes JSON', () => {
    const { code, said } = check([file('broken.yaml', suite.replace('REL-10', 'REL-1O'))], true);
    expect(code).to.equal(2);
    const { ok, problems } = JSON.parse(said) as { ok: boolean; problems: { line: number; text: string }[] };
    expect(ok).to.equal(false);
    expect(problems.map(({ line }) => line)).to.deep.equal([7]);
  });
});
