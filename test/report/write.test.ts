import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MARKER, prepareFolder } from '../../src/report/folder.ts';
import { parseResults } from '../../src/report/results-schema.ts';
import { REPORTS, type Report } from '../../src/report/reports.ts';
import { writeReports } from '../../src/report/write.ts';
import { endedOf, failing } from './sample.ts';

const DEVICE = { name: 'Prompter', host: '192.0.2.10', mosId: 'prompter.mos' };

/** A report whose making fails when it is half made. */
const HALF: Report = {
  file: 'half.txt',
  *make() {
    yield 'x'.repeat(100_000);
    throw new Error('a fault of ours\n    at stack');
  },
};

/** A report that nothing is wrong with. */
const SOUND: Report = { file: 'sound.txt', make: () => ['all of it'] };

/** A report that is larger than a small disk. */
const LARGE: Report = {
  file: 'large.txt',
  *make() {
    for (let piece = 0; piece < 100; piece += 1) yield 'x'.repeat(100_000);
  },
};

describe('the folder of a campaign', () => {
  let dir = '';
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'mos-report-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is filled with every report, whole', async () => {
    const ended = endedOf(failing());
    const { results } = ended;
    const written = await writeReports(dir, REPORTS, ended);
    expect(written.problems).to.deep.equal([]);
    expect(await readdir(dir)).to.have.members([
      'results.json',
      'certificate.html',
      'junit.xml',
      'report.html',
      'report.json',
    ]);
    expect(parseResults(await readFile(join(dir, 'results.json'), 'utf8'))).to.deep.equal(results);
  });

  it('loses one report and no other where one cannot be written', async () => {
    await mkdir(join(dir, 'certificate.html'));
    const written = await writeReports(dir, REPORTS, endedOf(failing()));
    expect(written.problems).to.deep.equal([
      'certificate.html could not be written: there is a folder of that name (EISDIR).',
    ]);
    expect(written.paths).to.have.all.keys('results.json', 'junit.xml', 'report.html', 'report.json');
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('loses one report and no other where one fails in the midst of its making', async () => {
    const written = await writeReports(dir, [HALF, SOUND], endedOf(failing()));
    expect(written).to.deep.equal({
      paths: { 'sound.txt': join(dir, 'sound.txt') },
      problems: ['half.txt could not be written: a fault of ours.'],
    });
    expect(await readdir(dir)).to.deep.equal(['sound.txt']);
    expect(await readFile(join(dir, 'sound.txt'), 'utf8')).to.equal('all of it');
  });

  it('keeps results.json where a page cannot be made', async () => {
    const ended = endedOf(failing());
    const written = await writeReports(dir, REPORTS, { ...ended, digests: null as never });
    expect(written.paths).to.have.all.keys('results.json', 'junit.xml', 'report.html', 'report.json');
    expect(written.problems).to.have.length(1);
  });

  it('loses what a full disk has no room for, and nothing else', async function () {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return this.skip();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'pipe' });
    } catch {
      return this.skip();
    }
    try {
      const written = await writeReports(dir, [LARGE, SOUND], endedOf(failing()));
      expect(written.problems).to.deep.equal(['large.txt could not be written: no space is left (ENOSPC).']);
      const whole = ['sound.txt'];
      expect(written.paths).to.have.all.keys(whole);
      expect(await readdir(dir)).to.have.members(whole);
    } finally {
      execFileSync('umount', [dir]);
    }
  });

  it('says why where nothing can be written', async () => {
    const written = await writeReports(join(dir, 'absent'), REPORTS, endedOf(failing()));
    expect(written.problems).to.have.length(5);
    expect(written.problems[0]).to.equal(
      'results.json could not be written: the folder does not exist (ENOENT).',
    );
  });

  it('is created, and marked from the first moment', async () => {
    const nested = join(dir, 'a', 'b');
    expect(await prepareFolder(nested, DEVICE)).to.equal(undefined);
    expect(await readdir(nested)).to.deep.equal([MARKER]);
    expect(await prepareFolder(nested, DEVICE)).to.equal(undefined);
  });

  it('is cleared of an earlier campaign, and of nothing else', async () => {
    await writeReports(dir, REPORTS, endedOf(failing()));
    await mkdir(join(dir, 'evidence'));
    await writeFile(join(dir, 'certificate-signed.pdf'), 'signed');
    await writeFile(join(dir, '.results.json.99.tmp'), 'half');
    expect(await prepareFolder(dir, DEVICE)).to.equal(undefined);
    expect(await readdir(dir)).to.have.members([MARKER, 'certificate-signed.pdf']);
  });

  it('is left alone where it is not ours', async () => {
    for (const text of ['{"tool":{"name":"another"}}', '{', 'null', '[]']) {
      await writeFile(join(dir, 'results.json'), text);
      expect(await prepareFolder(dir, DEVICE)).to.match(/is not empty and holds no earlier campaign/);
      expect(await readFile(join(dir, 'results.json'), 'utf8')).to.equal(text);
    }
  });

  it('is refused in a sentence where it cannot be one', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    expect(await prepareFolder(file, DEVICE)).to.match(/file is a file; --out needs a folder\.$/);
    expect(await prepareFolder(join(file, 'below'), DEVICE)).to.match(
      /cannot be used for the reports: part of the path is a file \(ENOTDIR\)\.$/,
    );
  });
});
