import { expect } from 'chai';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parseResults } from '../../src/report/results-schema.ts';
import type { Results } from '../../src/results/results.ts';
import { runCli } from './cli.ts';
import { killAfter } from './killed.ts';

/** How many campaigns are killed; twenty and more by hand. */
const KILLS = Number(process.env['KILLS'] ?? 3);

/** ms within which a campaign is killed: a little longer than it takes. */
const LIFE_MS = 9_000;

const REPORTS = ['certificate.html', 'junit.xml', 'report.html', 'report.json', 'results.json'];

describe('report, through the whole program', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'mos-report-'));
  let dir = '';
  let number = 0;
  beforeEach(() => (dir = join(folder, String((number += 1)))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (file: string, from = dir): string => readFileSync(join(from, file), 'utf8');
  const results = (from = dir): Results => parseResults(read('results.json', from));

  /** A copy of the campaign that all these tests look at, without its reports. */
  const whole = join(folder, 'whole');
  const copy = (): void => {
    cpSync(whole, dir, { recursive: true });
    for (const file of REPORTS) rmSync(join(dir, file));
  };
  const history = (): string => gunzipSync(readFileSync(join(whole, 'history.ndjson.gz'))).toString();
  const writeHistory = (text: string): void => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'history.ndjson'), text);
  };
  before(async () => {
    const tests = ['--test', 'REL-01,HC-01@upper,HC-03@upper', '--fault', 'close-wait-leak'];
    const times = ['releaseTime=1s', 'lateTime=1s', 'idleTime=500ms'].flatMap((time) => ['-p', time]);
    const ended = await runCli(['run', ...tests, ...times, '--out', whole]);
    expect(ended.code, ended.output + ended.complaints).to.equal(1);
  });

  it('makes the same reports again from a whole campaign', async () => {
    copy();
    const ended = await runCli(['report', dir]);
    expect(ended).to.include({ code: 1, complaints: '' });
    for (const file of ['results.json', 'certificate.html', 'junit.xml'])
      expect(read(file), file).to.equal(read(file, whole));
    expect(readdirSync(dir)).to.have.members(readdirSync(whole));
    const times = (from: string): unknown => {
      const { stats } = JSON.parse(read('report.json', from)) as { stats: Record<string, unknown> };
      return [stats['start'], stats['end'], stats['duration'], stats['tests'], stats['failures']];
    };
    expect(times(dir)).to.deep.equal(times(whole));
  });

  it('marks a campaign that broke off as incomplete, with what is missing, and keeps what was found', async () => {
    const lines = history().split('\n');
    const lastFailed = lines.findLastIndex(
      (line) => line.startsWith('{"kind":"result","test":"HC-') && line.includes('"verdict":"fail"'),
    );
    writeHistory(`${lines.slice(0, lastFailed).join('\n')}\n{"test":"REL-0`);
    const ended = await runCli(['report', dir]);
    expect(ended.code, ended.output).to.equal(1);
    const { campaign, tests } = results();
    expect(campaign.incompleteReason).to.match(
      /^it broke off after [\d.]+ m?s during \S+(, \S+)*(, \d+ more)?(; \d+ tests? (was|were) not run)?$/,
    );
    expect(campaign).to.include({ complete: false });
    expect(read('certificate.html')).to.match(/incomplete campaign/);
    expect(read('junit.xml')).to.include(campaign.incompleteReason);
    expect(tests.map(({ key }) => key)).to.deep.equal(results(whole).tests.map(({ key }) => key));
    const during = / during ([^\s,;]+)/.exec(campaign.incompleteReason ?? '')?.[1];
    const broken = tests.find(({ key }) => key === during);
    expect(broken).to.include({ verdict: 'inconc', reason: 'the campaign broke off during this test' });
    expect(read('report.json')).to.include('data:image/svg+xml;base64,');
  });

  it('refuses in a sentence what it cannot read, and changes nothing', async () => {
    const lines = history().split('\n');
    const damaged = lines.with(5, (lines[5] ?? '').slice(0, -3)).join('\n');
    const packed = gzipSync(history());
    const inFolder = (files: Record<string, string | Buffer>): string => {
      const made = mkdtempSync(join(folder, 'bad-'));
      for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content);
      return made;
    };
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const cases: [string, RegExp][] = [
      [join(folder, 'absent'), /absent does not exist\.\n$/],
      [file, /file is no folder; name the folder of a campaign\.\n$/],
      [inFolder({ 'thesis.txt': 'mine' }), /holds no campaign of mos-conformance\.\n$/],
      [
        inFolder({ '.mos-conformance-campaign': '' }),
        /holds neither history\.ndjson nor history\.ndjson\.gz: /,
      ],
      [
        inFolder({ 'history.ndjson': '' }),
        /history\.ndjson holds nothing: the campaign ended before it had begun\.\n$/,
      ],
      [
        inFolder({ 'history.ndjson': damaged }),
        /history\.ndjson:6 is damaged: it is no line of a history\.\n$/,
      ],
      [
        inFolder({ 'history.ndjson': 'null\n' }),
        /history\.ndjson:1 is damaged: it is no line of a history\.\n$/,
      ],
      [
        inFolder({ 'history.ndjson': '{"test":"REL-01@lower","us":1,"kind":"act","act":"wait"}\n' }),
        /does not begin with the plan of a campaign: it was written by another version\.\n$/,
      ],
      [
        inFolder({ 'history.ndjson.gz': packed.subarray(0, packed.length / 2) }),
        /history\.ndjson\.gz cannot be read: the compressed file is cut short\.\n$/,
      ],
      [
        inFolder({
          'history.ndjson.gz': Buffer.concat([
            packed.subarray(0, 1000),
            Buffer.alloc(500, 0x41),
            packed.subarray(1500),
          ]),
        }),
        /history\.ndjson\.gz cannot be read: the compressed file is damaged\.\n$/,
      ],
    ];
    for (const [given, sentence] of cases) {
      const before = given === file || given.endsWith('absent') ? [] : readdirSync(given);
      const ended = await runCli(['report', given]);
      expect(ended, given).to.include({ code: 2, output: '' });
      expect(ended.complaints)
        .to.match(sentence)
        .and.to.match(/^[^\n]+\n$/);
      if (before.length > 0) expect(readdirSync(given)).to.deep.equal(before);
    }
  });

  for (let turn = 1; turn <= KILLS; turn += 1) {
    it(`makes a valid report of a campaign that was killed, turn ${turn}`, async () => {
      const ms = Math.round(Math.random() * LIFE_MS);
      const { ended, tooLate } = await killAfter(ms, ['run', '--tier', 'quick'], dir);
      if (tooLate) return;
      const made = await runCli(['report', dir]);
      const told = `killed after ${ms} ms: ${made.output}${made.complaints}`;
      const { campaign, tests, verdict } = results();
      expect(readdirSync(dir), told).to.include.members(REPORTS);
      if (campaign.complete) return expect(read('history.ndjson'), told).to.include('"kind":"end"');
      expect(made.code, told).to.equal(3);
      expect(verdict, told).to.equal('inconc');
      expect(read('certificate.html'), told).to.include('Incomplete campaign; not a certificate');
      expect(campaign.incompleteReason, told).to.match(/^it broke off after /);
      const unknown = new Set(
        tests.filter(({ applicability }) => applicability === 'not run').map(({ key }) => key),
      );
      expect(
        ended.filter((key) => unknown.has(key)),
        told,
      ).to.deep.equal([]);
    });
  }
});
