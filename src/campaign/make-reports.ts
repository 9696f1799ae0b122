import Mocha, { type Runner } from 'mocha';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrillDown, type DrillDownPages } from '../report/drill-down.ts';
import type { HistoryFile } from '../report/history-file.ts';
import { contextsWithin } from '../report/ladder-budget.ts';
import { REPORTS, type EndedCampaign } from '../report/reports.ts';
import { writeReports, type WrittenReports } from '../report/write.ts';
import type { Results } from '../results/results.ts';
import { plannedByKey } from './campaign-plan.ts';
import { addTest, type RecordedTest } from './mocha.ts';
import { buildResults, type CampaignAccount } from './results.ts';

/** What a campaign leaves behind. */
export interface ReportedCampaign {
  results: Results;
  written: WrittenReports<(typeof REPORTS)[number]['file']>;
}

/** Makes every report on a campaign that is over, in its folder. */
export async function makeReports(dir: string, account: CampaignAccount): Promise<ReportedCampaign> {
  const results = buildResults(account);
  const drillDown = new LateDrillDown(() => drillDownOf(account, results));
  return { results, written: await writeSomewhere(dir, { results, digests: account.digests, drillDown }) };
}

/** The drill-down takes the most memory of all reports: it is made when the others are written. */
class LateDrillDown implements DrillDownPages {
  readonly #make: () => Promise<DrillDown>;
  #made: Promise<DrillDown> | undefined;

  constructor(make: () => Promise<DrillDown>) {
    this.#make = make;
  }

  async *page(file: Parameters<DrillDownPages['page']>[0]): AsyncGenerator<string> {
    this.#made ??= this.#make();
    yield* (await this.#made).page(file);
  }
}

/** What was found is not lost with a full disk, as long as the system has room for temporary files. */
async function writeSomewhere(dir: string, ended: EndedCampaign): Promise<ReportedCampaign['written']> {
  const first = await writeReports(dir, REPORTS, ended);
  if (first.paths['results.json'] !== undefined) return first;
  try {
    const elsewhere = await mkdtemp(join(tmpdir(), 'mos-conformance-'));
    const second = await writeReports(elsewhere, REPORTS, ended);
    if (second.paths['results.json'] !== undefined)
      return { ...second, problems: [...first.problems, `They were written to ${elsewhere} instead.`] };
    await rm(elsewhere, { recursive: true, force: true });
  } catch {
    // The problems of the first attempt say enough.
  }
  return first;
}

/**
 * Tells mochawesome, which is a reporter of mocha's, of a campaign that is over: each test is played once more by
 * doing nothing but ending as it did.
 */
async function drillDownOf({ plan, digests }: CampaignAccount, results: Results): Promise<DrillDown> {
  const contexts = contextsWithin(digests);
  const drillDown = new DrillDown({
    title: `MOS conformance of ${results.device.name}`,
    contextFor: ({ record }: RecordedTest) => record && contexts.get(record.result.key),
  });
  const mocha = new Mocha({
    reporter: class {
      constructor(runner: Runner) {
        runner.once('end', () => showTimes(runner, results));
        drillDown.follow(runner);
      }
    } as unknown as Mocha.ReporterConstructor,
    timeout: 0,
    parallel: false,
  });
  const suites = new Map<string, Mocha.Suite>();
  const planned = plannedByKey(plan);
  for (const result of results.tests) {
    const heading = planned.get(result.key)?.heading ?? result.suite;
    const suite = suites.get(heading) ?? Mocha.Suite.create(mocha.suite, heading);
    suites.set(heading, suite);
    addTest(suite, `${result.key} ${result.title}`, '', () => Promise.resolve({ result }));
  }
  await new Promise((resolve) => mocha.run(resolve));
  return drillDown;
}

/** The times of the campaign instead of those of telling about it. */
function showTimes(runner: Runner, { campaign }: Results): void {
  runner.suite.eachTest((test: RecordedTest) => {
    if (test.record) test.duration = test.record.result.durationMs;
  });
  if (!runner.stats) return;
  runner.stats.start = new Date(campaign.startedAt);
  runner.stats.end = new Date(campaign.finishedAt);
  runner.stats.duration = campaign.durationMs;
}

/** Ends the history of a campaign beside its reports; a history that is not whole is one problem more. */
export async function closeHistory(file: HistoryFile, reported: ReportedCampaign): Promise<ReportedCampaign> {
  await file.close();
  if (file.problem === undefined) return reported;
  const { results, written } = reported;
  return { results, written: { ...written, problems: [...written.problems, file.problem] } };
}
