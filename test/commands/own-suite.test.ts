import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCheck } from '../../src/commands/check.ts';
import type { Results } from '../../src/results/results.ts';
import { runCli } from './cli.ts';

/** What is wrong with one suite each, and what is said of it. */
const WRONG: Record<string, { id?: string; group?: string; step?: string; said: RegExp }> = {
  name: { step: 'connect: probe', said: /^7:18 "probe" is our name .*; did you mean "my-probe"\?$/ },
  group: { group: 'RELL', said: /^2:8 "RELL" is not one of .*; did you mean "REL"\?$/ },
  requirement: {
    step: 'expect: { listening: true, covers: SOCK-REL-1O }',
    said: /^7:44 unknown requirement "SOCK-REL-1O"; did you mean "SOCK-REL-10"\?$/,
  },
  verb: { step: 'conect: ncs', said: /^7:9 unknown verb "conect"; did you mean "connect"\?$/ },
  id: { id: 'REL-01', said: /^4:9 test ID "REL-01" belongs to a built-in test .*"MY-REL-01"\?$/ },
  sanity: { id: 'SAN-OPEN', said: /^4:9 test ID "SAN-OPEN" belongs to a built-in test .*"MY-SAN-OPEN"\?$/ },
};

describe('suites of one’s own, through the whole program', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'mos-own-'));
  const out = join(folder, 'out');
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, given: { id?: string; group?: string; step?: string } = {}): string {
    const { id = `X-${name.toUpperCase()}`, group = 'REL', step } = given;
    const steps = [...(step === undefined ? [] : [step]), 'expect: { serving: true, covers: SOCK-REL-10 }'];
    const path = join(folder, `${name}.yaml`);
    const lines = steps.map((one) => `      - ${one}\n`).join('');
    writeFileSync(
      path,
      `suite: S\ngroup: ${group}\ntests:\n  - id: ${id}\n    title: t\n    steps:\n${lines}`,
    );
    return path;
  }

  it('have one problem for each thing that is wrong, and nothing runs', async () => {
    const paths = Object.entries(WRONG).map(([name, given]) => write(name, given));
    const { code, output, complaints } = await runCli(['run', '--suite', ...paths, '--out', out]);
    expect(code).to.equal(2);
    expect(output).to.equal('');
    expect(existsSync(out)).to.equal(false);
    const said = complaints.split('\n').filter((line) => /\.yaml:\d/.test(line));
    for (const [index, { said: expected }] of Object.values(WRONG).entries()) {
      const mine = said.filter((line) => line.includes(`${paths[index]}:`));
      expect(mine, paths[index]).to.have.length(1);
      expect(mine[0]?.slice(mine[0].indexOf('.yaml:') + 6)).to.match(expected);
    }
    expect(said).to.have.length(paths.length);
  });

  for (const [name, given] of Object.entries(WRONG)) {
    it(`are refused by check as well: ${name}`, () => {
      const lines: string[] = [];
      expect(runCheck({ files: [write(name, given)] }, { out: (line) => lines.push(line) })).to.equal(2);
      expect(lines.at(-1)).to.equal('1 problem');
    });
  }

  it('cannot give one group two titles', async () => {
    const paths = ['Our prompter', 'Our Prompters'].map((title, index) =>
      write(`title-${index}`, { group: `{ id: ACME, title: ${title} }` }),
    );
    const said = `${paths[1]}:2:27 group "ACME" is called "Our prompter" in ${paths[0]}:2; did you mean "Our prompter"?`;
    const { code, output, complaints } = await runCli(['run', '--suite', ...paths, '--out', out]);
    expect(code).to.equal(2);
    expect(output).to.equal('');
    expect(complaints.split('\n').filter((line) => /\.yaml:\d/.test(line))).to.deep.equal([said]);
    expect(existsSync(out)).to.equal(false);
    const lines: string[] = [];
    expect(runCheck({ files: paths }, { out: (line) => lines.push(line) })).to.equal(2);
    expect(lines.at(-1)).to.equal('1 problem');
  });

  it('cannot be run with a fault that does not exist', async () => {
    const words = ['run', '--suite', write('fine'), '--fault', 'close-wait-lek', '--out', out];
    const { code, output, complaints } = await runCli(words);
    expect(code).to.equal(2);
    expect(output).to.equal('');
    expect(complaints).to.match(/unknown fault "close-wait-lek"; did you mean "close-wait-leak"\?\n$/);
    expect(existsSync(out)).to.equal(false);
  });

  it('run in a group of their own, and their results say whose they are', async () => {
    const path = write('acme', { group: '{ id: ACME, title: Our prompter }' });
    const words = ['run', '--suite', path, 'release', '--test', 'X-ACME@upper,REL-01@upper', '--out', out];
    const ended = await runCli(words);
    expect(ended.code, ended.complaints).to.equal(0);
    const { tests } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results;
    const ran = tests.filter(({ applicability }) => applicability === 'selected');
    expect(ran.map(({ id, group, origin }) => [id, group, origin])).to.deep.equal([
      ['SAN-OPEN', 'SANITY', 'built in'],
      ['X-ACME', 'ACME', 'own'],
      ['REL-01', 'REL', 'built in'],
      ['SAN-LEFT', 'SANITY', 'built in'],
      ['SAN-CLOSE', 'SANITY', 'built in'],
    ]);
    expect(readFileSync(join(out, 'report.json'), 'utf8')).to.contain('"Our prompter: S"');
    const byGroup = await runCli(['list', '--suite', path, '--group', 'our prompter']);
    expect(byGroup.output).to.match(/^ACME {2}Our prompter\n/);
  });
});
