import { expect } from 'chai';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrillDown, type DrillDownOptions } from '../../src/report/drill-down.ts';
import { mochawesomeContexts } from '../../src/report/mochawesome.ts';
import { REPORTS } from '../../src/report/reports.ts';
import { writeReports, type WrittenReports } from '../../src/report/write.ts';
import { runThree } from './mocha-run.ts';
import { endedOf, failing } from './sample.ts';

const NO_CONTEXT: DrillDownOptions = { title: 'A device', contextFor: () => undefined };

/** Runs tests that pass, fail and are skipped, followed by a drill-down. */
async function followed(options: DrillDownOptions): Promise<DrillDown> {
  const drillDown = new DrillDown(options);
  await runThree((runner) => drillDown.follow(runner));
  return drillDown;
}

/** What is said to the console or written to standard output meanwhile. */
async function saidDuring(work: () => Promise<void>): Promise<unknown[]> {
  const said: unknown[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((chunk: unknown) => said.push(chunk) > 0) as typeof write;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return said;
}

describe('the drill-down', function () {
  this.timeout(20_000);
  let dir = '';
  const write = (drillDown: DrillDown): Promise<WrittenReports> =>
    writeReports(dir, REPORTS, { ...endedOf(failing()), drillDown });
  const OTHERS = ['results.json', 'certificate.html', 'junit.xml'];

  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'mos-drill-down-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is written with the other reports, with ladders, silently', async () => {
    const record = failing().records.find(({ result }) => result.key === 'REL-02@lower');
    const contextFor: DrillDownOptions['contextFor'] = (test) =>
      test.title.startsWith('REL-02') && record ? mochawesomeContexts(record) : undefined;
    const said = await saidDuring(async () => {
      const { problems } = await write(await followed({ title: 'A device', contextFor }));
      expect(problems).to.deep.equal([]);
    });
    expect(said).to.deep.equal([]);
    expect(await readdir(dir)).to.have.members([...OTHERS, 'report.html', 'report.json']);
    const report = await readFile(join(dir, 'report.json'), 'utf8');
    expect(report).to.include('data:image/svg+xml;base64,');
    expect(report).to.include('#x.png');
    expect(await readFile(join(dir, 'report.html'), 'utf8')).not.to.match(
      /<script src|<link rel="stylesheet"/,
    );
  });

  it('costs one of its pages where that cannot be written', async () => {
    await mkdir(join(dir, 'report.html'));
    const { paths, problems } = await write(await followed(NO_CONTEXT));
    expect(problems).to.deep.equal([
      'report.html could not be written: there is a folder of that name (EISDIR).',
    ]);
    expect(paths).to.have.all.keys([...OTHERS, 'report.json']);
  });

  it('costs its pages and no run where something fails during the run', async () => {
    const contextFor = (): never => {
      throw new Error('no context\n    at stack');
    };
    const { paths, problems } = await write(await followed({ title: 'A device', contextFor }));
    expect(problems).to.deep.equal([
      'report.html could not be written: no context.',
      'report.json could not be written: no context.',
    ]);
    expect(paths).to.have.all.keys(OTHERS);
  });

  it('costs its pages and nothing else where mochawesome has no room', async () => {
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = join(dir, 'taken');
    let drillDown: DrillDown;
    try {
      drillDown = await followed(NO_CONTEXT);
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
    await writeFile(join(dir, 'taken'), '');
    const { paths, problems } = await write(drillDown);
    expect(problems).to.have.length(2);
    expect(problems[0]).to.match(/^report\.html could not be written: .+\.$/);
    expect(paths).to.have.all.keys(OTHERS);
  });
});
