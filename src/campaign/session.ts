import Mocha from 'mocha';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Results } from '../results/results.ts';
import { mochawesomeContexts } from '../report/mochawesome.ts';
import { CampaignReporter, type CampaignReporterOptions } from '../report/reporter.ts';
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
  written: WrittenReports;
}

/** Why a campaign was ended early; given to `AbortController.abort`. */
export class Interruption extends Error {
  readonly exitCode: number | undefined;
  constructor(reason: string, exitCode?: number) {
    super(reason);
    this.exitCode = exitCode;
  }
  override toString(): string {
    return this.message;
  }
}

/**
 * Runs a whole campaign under mocha and writes its reports, also when it is ended early. What matters most is
 * written first: mochawesome's pages are large, and a disk may be nearly full.
 */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const startedAt = new Date();
  const campaign = await Campaign.open(options);
  let concluded: Promise<SessionResult> | undefined;
  const conclude = (crash?: Interruption): Promise<SessionResult> =>
    (concluded ??= writeSession(campaign, options, startedAt, crash));
  try {
    await runMocha(campaign, options, async () => void (await conclude()));
    return await conclude();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return await conclude(new Interruption(`the harness failed: ${text.split('\n')[0]}`, EXIT.internal));
  } finally {
    campaign.dispose();
  }
}

async function writeSession(
  campaign: Campaign,
  options: SessionOptions,
  startedAt: Date,
  crash: Interruption | undefined,
): Promise<SessionResult> {
  const interruption = crash ?? interruptionOf(options.signal);
  const results = buildResults(campaign, {
    ...options.asked,
    startedAt,
    ...(interruption && { interrupted: describe(interruption) }),
  });
  const written = await writeReports(options.dir, results, campaign.records);
  if (written.results !== undefined) return { results, written };
  return { results, written: await writeElsewhere(written, results, campaign) };
}

/** What was found is not lost with a full disk, as long as the system has room for temporary files. */
async function writeElsewhere(
  first: WrittenReports,
  results: Results,
  campaign: Campaign,
): Promise<WrittenReports> {
  try {
    const dir = await mkdtemp(join(tmpdir(), 'mos-conformance-'));
    const second = await writeReports(dir, results, campaign.records);
    if (second.results !== undefined)
      return { ...second, problems: [...first.problems, `They were written to ${dir} instead.`] };
    await rm(dir, { recursive: true, force: true });
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
  const { message, exitCode } = interruption;
  return { reason: message, ...(exitCode !== undefined && { exitCode }) };
}

function runMocha(
  campaign: Campaign,
  options: SessionOptions,
  beforeReport: () => Promise<void>,
): Promise<void> {
  const reporterOptions: CampaignReporterOptions = {
    dir: options.dir,
    title: `MOS conformance of ${options.target.name}`,
    progress: options.progress,
    stream: options.stream,
    strict: options.asked.strict,
    beforeReport,
    contextFor: (test) => {
      const { record } = test as RecordedTest;
      return record ? mochawesomeContexts(record) : undefined;
    },
    resultFor: (test) => (test as RecordedTest).record?.result,
  };
  const mocha = new Mocha({
    reporter: CampaignReporter as unknown as Mocha.ReporterConstructor,
    reporterOptions,
    timeout: 0,
    parallel: false,
  });
  defineCampaign(mocha.suite, () => campaign, campaign.planned);
  return new Promise((resolve, reject) => {
    try {
      mocha.run(() => resolve());
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
