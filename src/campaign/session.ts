import Mocha from 'mocha';
import type { Writable } from 'node:stream';
import { CampaignReporter, type CampaignReporterOptions } from '../report/reporter.ts';
import { HistoryFile } from '../report/history-file.ts';
import type { CampaignEnd } from '../results/history-lines.ts';
import { Campaign, type CampaignOptions } from './campaign.ts';
import { planOf, type Asked } from './campaign-plan.ts';
import { Chronicle } from './chronicle.ts';
import { EXIT } from './exit-code.ts';
import { closeHistory, makeReports, type ReportedCampaign } from './make-reports.ts';
import { defineCampaign, type RecordedTest } from './mocha.ts';

/** How a session tells of itself. */
export interface SessionOptions extends Omit<CampaignOptions, 'chronicle'> {
  asked: Asked;
  /** The campaign's folder; it exists and is ours. */
  dir: string;
  progress: 'live' | 'plain' | 'none';
  stream: Writable;
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

/**
 * Runs a whole campaign under mocha and writes its reports, also when it is ended early. Its history is written while
 * it goes.
 */
export async function runSession(options: SessionOptions): Promise<ReportedCampaign> {
  const file = await HistoryFile.create(options.dir);
  const chronicle = new Chronicle(file, planOf({ ...options, startedAt: new Date() }));
  await file.flush();
  const campaign = await Campaign.open({ ...options, tier: options.asked.tier, chronicle });
  try {
    const interruption = (await runMocha(campaign, options)) ?? interruptionOf(options.signal);
    const account = await chronicle.end(campaign.learnt, interruption && describe(interruption));
    const reported = await makeReports(options.dir, account);
    return await closeHistory(file, reported);
  } finally {
    campaign.dispose();
  }
}

function interruptionOf(signal: AbortSignal): Interruption | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason instanceof Interruption ? signal.reason : new Interruption(String(signal.reason));
}

function describe(interruption: Interruption): NonNullable<CampaignEnd['interrupted']> {
  const { message, exitCode, advice } = interruption;
  return {
    reason: message,
    ...(exitCode !== undefined && { exitCode }),
    ...(advice !== undefined && { advice }),
  };
}

/** Runs the tests under mocha. The result is what went wrong in the harness, where something did. */
async function runMocha(campaign: Campaign, options: SessionOptions): Promise<Interruption | undefined> {
  const reporterOptions: CampaignReporterOptions = {
    progress: options.progress,
    stream: options.stream,
    strict: options.asked.strict,
    resultFor: (test) => (test as RecordedTest).record?.result,
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
