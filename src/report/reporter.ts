import type { Runner, Test } from 'mocha';
import type { TestResult } from '../results/results.ts';
import { endedOf, Progress, type Ended, type ProgressStream, type ProgressStyle } from './progress.ts';

/** What a {@link CampaignReporter} is told through mocha's `reporterOptions`. */
export interface CampaignReporterOptions {
  /** `plain` unless told. */
  progress?: ProgressStyle;
  /** Where progress goes; stderr unless told. */
  stream?: ProgressStream;
  /** A failed should counts as a failure. */
  strict?: boolean;
  /** The result of a test that has just ended; without it progress goes by what mocha knows. */
  resultFor?: (test: Test) => TestResult | undefined;
}

/** How a test ended by what mocha knows of it. */
function endedByMocha(test: Test, error?: Error): Ended {
  const title = test.title;
  if (test.isPending()) return { title, outcome: 'skipped' };
  const took = test.duration === undefined ? {} : { durationMs: test.duration };
  if (!error) return { title, outcome: 'pass', ...took };
  const outcome = error.name === 'Inconclusive' ? 'inconc' : error.name === 'HarnessError' ? 'error' : 'fail';
  return { title, outcome, reason: (error.message ?? '').split('\n')[0] ?? '', ...took };
}

/** The mocha reporter of a campaign: tells progress. Nothing goes to stdout unless the stream is stdout. */
export class CampaignReporter {
  constructor(runner: Runner, { reporterOptions = {} }: { reporterOptions?: CampaignReporterOptions } = {}) {
    const { stream = process.stderr, strict = false, resultFor } = reporterOptions;
    const progress = new Progress(stream, reporterOptions.progress ?? 'plain', runner.total);
    const end = (test: Test, error?: Error): void => {
      const result = resultFor?.(test);
      progress.end(result ? endedOf(result, strict) : endedByMocha(test, error));
    };
    runner.on('start', () => progress.expect(runner.total));
    runner.on('test', (test) => progress.start(test.title));
    runner.on('pass', (test) => end(test));
    runner.on('fail', (test, error: Error) => end(test, error));
    runner.on('pending', (test) => end(test));
    runner.once('end', () => progress.close());
  }
}
