import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runner, Suite, Test } from 'mocha';
import { guardedRunner, quietly } from './guarded-runner.ts';
import type { MochawesomeContext } from './mochawesome.ts';
import { clip, visibleLine } from './visible.ts';

/** What mochawesome writes. */
type Page = 'report.html' | 'report.json';

/** What the drill-down shows. */
export interface DrillDownOptions {
  title: string;
  /** What it shows with a test, asked once when all tests are over. */
  contextFor: (test: Test) => readonly MochawesomeContext[] | undefined;
}

/** The engineer's pages. */
export interface DrillDownPages {
  /** The text of a page in pieces. */
  page(file: Page): Iterable<string> | AsyncIterable<string>;
}

/** A reporter of mochawesome's make, as far as it is used here. */
interface Mochawesome {
  done(failures: number): Promise<void>;
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

/** The options under which mochawesome writes self-contained pages. It is not quiet: what it says of a failure is wanted. */
function mochawesomeOptions(dir: string, title: string): Record<string, string | boolean> {
  return {
    reportDir: dir,
    reportFilename: 'report',
    reportTitle: title,
    reportPageTitle: title,
    html: true,
    json: true,
    saveHtml: true,
    saveJson: true,
    inlineAssets: true,
    inline: true,
    cdn: false,
    dev: false,
    charts: false,
    enableCharts: false,
    code: false,
    enableCode: false,
    autoOpen: false,
    overwrite: true,
    timestamp: false,
    quiet: false,
    consoleReporter: 'none',
    showHooks: 'failed',
  };
}

/**
 * The engineer's pages, by mochawesome. It is a reporter of mocha's and writes files by itself, so it follows the run,
 * and writes into a folder of its own from which the pages are read: in the campaign's folder they are written like
 * every other report. What goes wrong in mochawesome costs its pages, never the run.
 */
export class DrillDown implements DrillDownPages {
  readonly #options: DrillDownOptions;
  readonly #dir = join(tmpdir(), `mos-conformance-${randomUUID()}`);
  #mochawesome: Mochawesome | undefined;
  #problem: unknown;
  #pages: Promise<Record<Page, string>> | undefined;

  constructor(options: DrillDownOptions) {
    this.#options = options;
  }

  /** Has mochawesome listen to a run, before the run starts. Never throws. */
  follow(runner: Runner): void {
    runner.once('end', () => this.#attempt(() => this.#addContexts(runner)));
    this.#attempt(() => {
      const Reporter = createRequire(import.meta.url)('mochawesome') as new (
        runner: unknown,
        options: { reporterOptions: Record<string, unknown> },
      ) => Mochawesome;
      const guarded = guardedRunner(runner, (problem) => this.#note(problem));
      const reporterOptions = mochawesomeOptions(this.#dir, this.#options.title);
      this.#mochawesome = new Reporter(guarded, { reporterOptions });
    });
  }

  /**
   * The text of a page, once the run is over.
   * @throws the first thing that went wrong in mochawesome, also during the run
   */
  async *page(file: Page): AsyncGenerator<string> {
    yield (await (this.#pages ??= this.#draw()))[file];
  }

  #addContexts(runner: Runner): void {
    for (const test of testsOf(runner.suite)) {
      const contexts = this.#options.contextFor(test);
      if (contexts !== undefined && contexts.length > 0) Object.assign(test, { context: [...contexts] });
    }
  }

  async #draw(): Promise<Record<Page, string>> {
    try {
      const said = await quietly(() => this.#mochawesome?.done(0));
      if (said !== undefined) this.#note(said);
      if (this.#problem !== undefined) throw new Error(gist(this.#problem));
      const read = (file: Page): Promise<string> => readFile(join(this.#dir, file), 'utf8');
      return { 'report.html': await read('report.html'), 'report.json': await read('report.json') };
    } finally {
      await rm(this.#dir, { recursive: true, force: true });
    }
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (problem) {
      this.#note(problem);
    }
  }

  #note(problem: unknown): void {
    this.#problem ??= problem;
  }
}
