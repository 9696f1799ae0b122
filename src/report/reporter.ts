import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner, Suite, Test } from 'mocha';
import type { TestResult } from '../results/results.ts';
import { guardedRunner, quietly } from './guarded-runner.ts';
import {
  mochawesomeOptions,
  startMochawesome,
  type MochawesomeContext,
  type MochawesomeReporter,
} from './mochawesome.ts';
import { endedOf, Progress, type Ended, type ProgressStream, type ProgressStyle } from './progress.ts';
import { clip, visibleLine } from './visible.ts';

/** What a {@link CampaignReporter} is told through mocha's `reporterOptions`. */
export interface CampaignReporterOptions {
  /** The campaign's folder: report.html and report.json are written there. Nothing is written without it. */
  dir?: string;
  /** The heading of report.html. */
  title?: string;
  /** `plain` unless told. */
  progress?: ProgressStyle;
  /** Where progress and warnings go; stderr unless told. */
  stream?: ProgressStream;
  /** Tests that will run; mocha's own count unless told. */
  total?: number;
  /** A failed should counts as a failure. */
  strict?: boolean;
  /** Awaited when the last test is over, before report.html is made. */
  beforeReport?: () => Promise<void>;
  /** What report.html shows with a test, asked once when all tests are over. */
  contextFor?: (test: Test) => readonly MochawesomeContext[] | undefined;
  /** The result of a test that has just ended; without it progress goes by what mocha knows. */
  resultFor?: (test: Test) => TestResult | undefined;
}

/** How a test ended by what mocha knows of it. */
function endedByMocha(test: Test, error?: Error): Ended {
  const title = test.title;
  if (test.isPending()) return { title, outcome: 'skipped' };
  const took = test.duration === undefined ? {} : { durationMs: test.duration };
  if (!error) return { title, outcome: title.endsWith('(remark)') ? 'remark' : 'pass', ...took };
  const outcome = error.name === 'Inconclusive' ? 'inconc' : error.name === 'HarnessError' ? 'error' : 'fail';
  return { title, outcome, reason: (error.message ?? '').split('\n')[0] ?? '', ...took };
}

/** Every test below a suite. */
function* testsOf(suite: Suite): Generator<Test> {
  yield* suite.tests;
  for (const child of suite.suites) yield* testsOf(child);
}

/** The gist of a problem, which mochawesome tells as an error, as text with a stack, or as JSON with a code. */
function gist(problem: unknown): string {
  const text = problem instanceof Error ? problem.message : String(problem);
  const code = /"code": "(\w+)"/.exec(text)?.[1];
  return clip(visibleLine(code ?? text.replace(/^\[mochawesome\] /, '').split('\n')[0] ?? ''), 300);
}

/** What mochawesome writes. */
const PAGES = ['report.html', 'report.json'];

function isWhole(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
}

/**
 * The mocha reporter of a campaign: tells progress, and has mochawesome write report.html and report.json beside the
 * other results. Nothing goes to stdout unless the stream is stdout. What goes wrong in mochawesome costs one line
 * of warning, never the campaign.
 */
export class CampaignReporter {
  readonly #options: CampaignReporterOptions;
  readonly #progress: Progress;
  #mochawesome: MochawesomeReporter | undefined;
  #warned = false;

  constructor(runner: Runner, { reporterOptions }: { reporterOptions?: CampaignReporterOptions } = {}) {
    this.#options = reporterOptions ?? {};
    const { stream = process.stderr, progress = 'plain', total, dir } = this.#options;
    this.#progress = new Progress(stream, progress, total ?? runner.total);
    this.#follow(runner);
    if (dir === undefined) return;
    runner.once('end', () => this.#addContexts(runner));
    try {
      const options = mochawesomeOptions(dir, this.#options.title ?? 'MOS conformance');
      const guarded = guardedRunner(runner, (problem) => this.#warn(problem));
      this.#mochawesome = startMochawesome(guarded, options);
    } catch (problem) {
      this.#warn(problem);
    }
  }

  /** Called by mocha after the last test: writes mochawesome's report, then hands on to mocha. */
  done(failures: number, exit?: (failures: number) => void): void {
    void this.#write(failures).finally(() => {
      this.#progress.close();
      exit?.(failures);
    });
  }

  #follow(runner: Runner): void {
    const { resultFor, strict = false, total } = this.#options;
    const end = (test: Test, error?: Error): void => {
      const result = resultFor?.(test);
      this.#progress.end(result ? endedOf(result, strict) : endedByMocha(test, error));
    };
    runner.on('start', () => this.#progress.expect(total ?? runner.total));
    runner.on('test', (test) => this.#progress.start(test.title));
    runner.on('pass', (test) => end(test));
    runner.on('fail', (test, error: Error) => end(test, error));
    runner.on('pending', (test) => end(test));
    runner.once('end', () => this.#progress.close());
  }

  #addContexts(runner: Runner): void {
    const { contextFor } = this.#options;
    if (!contextFor) return;
    try {
      for (const test of testsOf(runner.suite)) {
        const contexts = contextFor(test);
        if (contexts !== undefined && contexts.length > 0) Object.assign(test, { context: [...contexts] });
      }
    } catch (problem) {
      this.#warn(problem);
    }
  }

  async #write(failures: number): Promise<void> {
    const { dir, beforeReport } = this.#options;
    await beforeReport?.();
    if (dir === undefined || !this.#mochawesome) return;
    try {
      const said = await quietly(() => this.#mochawesome?.done(failures));
      const missing = PAGES.some((file) => !isWhole(join(dir, file)));
      if (said === undefined && !missing) return;
      this.#warn(said ?? 'mochawesome gave no reason');
    } catch (problem) {
      this.#warn(problem);
    }
    // What is cut off on a full disk would only take the place of what matters more.
    for (const file of PAGES) rmSync(join(dir, file), { force: true, recursive: true });
  }

  #warn(problem: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    const { stream = process.stderr } = this.#options;
    this.#progress.close();
    stream.write(`warning: report.html could not be made (${gist(problem)})\n`);
  }
}
