import Mocha from 'mocha';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Results } from '../results/results.ts';
import { DrillDown } from '../report/drill-down.ts';
import { mochawesomeContexts } from '../report/mochawesome.ts';
import { CampaignReporter, type CampaignReporterOptions } from '../report/reporter.ts';
import { REPORTS, type EndedCampaign } from '../report/reports.ts';
import { writeReports, type WrittenReports } from '../report/write.ts';
import { Campaign, type CampaignOptions } from './campaign.ts';
import { defineCampaign, type RecordedTest } from './mocha.ts';
import { EXIT } from './exit-code.ts';
import { buildResults, type Asked } from './results.ts';

/** How a session tells of itself. */
export interface SessionOptions extends CampaignOptions {
  asked: Omit<Asked, 'startedAt' | 'interrupted'>;
  /** The campaign's folder; it exists and is ours. */
  dir: string;
  progress: 'live' | 'plain' | 'none';
  stream: Writable;
}

/** What a session leaves behind. */
export interface SessionResult {
  results: Results;
  written: WrittenReports<(typeof REPORTS)[number]['file']>;
}

/** Why a campaign was ended early; given to `AbortController.abort`. */
export class Interruption extends Error {
  readonly exitCode: number | undefined;
  /** What lets it be completed. */
  readonly advice: string | undefined;
  constructor(reason: string, { exitCode, advice }: { exitCode?: number; advice?: string } = {}) {
    super(reason);
    this.exitCode = exitCode;
    this.advice = advice;
  }
  override toString(): string {
    return this.message;
  }
}

/** Runs a whole campaign under mocha and writes its reports, also when it is ended early. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const startedAt = new Date();
  const campaign = await Campaign.open(options);
  try {
    const drillDown = new DrillDown({
      title: `MOS conformance of ${options.target.name}`,
      contextFor: (test) => {
        const { record } = test as RecordedTest;
        return record ? mochawesomeContexts(record) : undefined;
      },
    });
    const interruption = (await runMocha(campaign, options, drillDown)) ?? interruptionOf(options.signal);
    const results = buildResults(campaign, {
      ...options.asked,
      startedAt,
      ...(interruption && { interrupted: describe(interruption) }),
    });
    const { records } = campaign;
    return { results, written: await writeSomewhere(options.dir, { results, records, drillDown }) };
  } finally {
    campaign.dispose();
  }
}

/** What was found is not lost with a full disk, as long as the system has room for temporary files. */
async function writeSomewhere(dir: string, ended: EndedCampaign): Promise<SessionResult['written']> {
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

function interruptionOf(signal: AbortSignal): Interruption | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason instanceof Interruption ? signal.reason : new Interruption(String(signal.reason));
}

function describe(interruption: Interruption): NonNullable<Asked['interrupted']> {
  const { message, exitCode, advice } = interruption;
  return {
    reason: message,
    ...(exitCode !== undefined && { exitCode }),
    ...(advice !== undefined && { advice }),
  };
}

/** Runs the tests under mocha. The result is what went wrong in the harness, where something did. */
async function runMocha(
  campaign: Campaign,
  options: SessionOptions,
  drillDown: DrillDown,
): Promise<Interruption | undefined> {
  const reporterOptions: CampaignReporterOptions = {
    progress: options.progress,
    stream: options.stream,
    strict: options.asked.strict,
    resultFor: (test) => (test as RecordedTest).record?.result,
    drillDown,
  };
  try {
    const mocha = new Mocha({
      reporter: CampaignReporter as unknown as Mocha.ReporterConstructor,
      reporterOptions,
      timeout: 0,
      parallel: false,
    });
    defineCampaign(mocha.suite, () => campaign, campaign.planned);
    await new Promise((resolve) => mocha.run(resolve));
    return undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return new Interruption(`the harness failed: ${text.split('\n')[0]}`, { exitCode: EXIT.internal });
  }
}
