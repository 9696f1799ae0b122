import { expect } from 'chai';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MARKER, prepareFolder } from '../../src/report/folder.ts';
import { parseResults } from '../../src/report/results-schema.ts';
import { writeReports } from '../../src/report/write.ts';
import { failing } from './sample.ts';

describe('the folder of a campaign', () => {
  let dir = '';
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'mos-report-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is filled with every report, whole', async () => {
    const { results, records } = failing();
    const written = await writeReports(dir, results, records);
    expect(written.problems).to.deep.equal([]);
    expect(await readdir(dir)).to.have.members([
      'results.json',
      'certificate.html',
      'junit.xml',
      'history.ndjson',
    ]);
    expect(parseResults(await readFile(join(dir, 'results.json'), 'utf8'))).to.deep.equal(results);
    const lines = (await readFile(join(dir, 'history.ndjson'), 'utf8')).trimEnd().split('\n');
    const facts = records.flatMap((record) =>
      record.facts.map((fact) => ({ test: record.result.key, ...fact })),
    );
    expect(lines.map((line) => JSON.parse(line))).to.deep.equal(facts);
  });

  it('loses one report and no other where one cannot be written', async () => {
    const { results, records } = failing();
    await mkdir(join(dir, 'certificate.html'));
    const written = await writeReports(dir, results, records);
    expect(written.problems).to.deep.equal([
      'certificate.html could not be written: there is a folder of that name (EISDIR).',
    ]);
    expect(written).to.have.all.keys('problems', 'results', 'junit', 'history');
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('keeps results.json where a page cannot be made', async () => {
    const { results, records } = failing();
    const broken = records.map((record) => ({ ...record, facts: null as never }));
    const written = await writeReports(dir, results, broken);
    expect(written.results).to.equal(join(dir, 'results.json'));
    expect(written.problems).to.have.length(2);
  });

  it('says why where nothing can be written', async () => {
    const { results, records } = failing();
    const written = await writeReports(join(dir, 'absent'), results, records);
    expect(written.problems).to.have.length(4);
    expect(written.problems[0]).to.equal(
      'results.json could not be written: the folder does not exist (ENOENT).',
    );
  });

  it('streams a long history', async () => {
    const { results, records } = failing();
    const [record] = records;
    const facts = Array.from({ length: 100_000 }, (_, us) => ({ kind: 'act', act: 'wait', us }) as const);
    const written = await writeReports(dir, results, [{ ...record!, facts }]);
    expect(written.problems).to.deep.equal([]);
    expect((await readFile(written.history!, 'utf8')).split('\n')).to.have.length(100_001);
  });

  it('is created, and marked from the first moment', async () => {
    const nested = join(dir, 'a', 'b');
    expect(await prepareFolder(nested)).to.equal(undefined);
    expect(await readdir(nested)).to.deep.equal([MARKER]);
    expect(await prepareFolder(nested)).to.equal(undefined);
  });

  it('is cleared of an earlier campaign, and of nothing else', async () => {
    const { results, records } = failing();
    await writeReports(dir, results, records);
    await mkdir(join(dir, 'evidence'));
    await writeFile(join(dir, 'certificate-signed.pdf'), 'signed');
    await writeFile(join(dir, '.results.json.99.tmp'), 'half');
    expect(await prepareFolder(dir)).to.equal(undefined);
    expect(await readdir(dir)).to.have.members([MARKER, 'certificate-signed.pdf']);
  });

  it('is left alone where it is not ours', async () => {
    for (const text of ['{"tool":{"name":"another"}}', '{', 'null', '[]']) {
      await writeFile(join(dir, 'results.json'), text);
      expect(await prepareFolder(dir)).to.match(/is not empty and holds no earlier campaign/);
      expect(await readFile(join(dir, 'results.json'), 'utf8')).to.equal(text);
    }
  });

  it('is refused in a sentence where it cannot be one', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    expect(await prepareFolder(file)).to.match(/file is a file; --out needs a folder\.$/);
    expect(await prepareFolder(join(file, 'below'))).to.match(
      /cannot be used for the reports: part of the path is a file \(ENOTDIR\)\.$/,
    );
  });
});
