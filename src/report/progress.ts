import { clearLine, cursorTo } from 'node:readline';
import type { Writable } from 'node:stream';
import type { TestResult } from '../results/results.ts';
import { duration } from './format.ts';
import { textWidth } from './measure.ts';
import { painter, wantsColor, type Paint, type Tone } from './terminal.ts';
import { clip, visibleLine } from './visible.ts';

/** A stream that may be a terminal. */
export type ProgressStream = Writable & { isTTY?: boolean; columns?: number };

/** How progress is shown: one live line, a line a test, or nothing. `live` needs a terminal, else it is `plain`. */
export type ProgressStyle = 'live' | 'plain' | 'none';

/** How one test ended, as progress tells it. */
export interface Ended {
  title: string;
  outcome: 'pass' | 'fail' | 'inconc' | 'error' | 'remark' | 'skipped';
  reason?: string;
  durationMs?: number;
}

const TONES: Readonly<Record<Ended['outcome'], Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconc: 'doubt',
  error: 'bad',
  remark: 'doubt',
  skipped: 'soft',
};

/** What a live line leaves behind when the test is over; the rest passes by. */
const PERMANENT: readonly Ended['outcome'][] = ['fail', 'inconc', 'error'];

const REDRAW_MS = 250;

/** How a test ended, for {@link Progress}. */
export function endedOf(result: TestResult, strict: boolean): Ended {
  const { applicability, verdict, level, reason, durationMs } = result;
  const title = `${result.key} ${result.title}`;
  if (applicability !== 'selected')
    return { title, outcome: 'skipped', reason: `${applicability}: ${reason}` };
  if (verdict === 'fail' && level !== 'must' && !(strict && level === 'should')) {
    return { title, outcome: 'remark', reason, durationMs };
  }
  if (verdict === 'pass') return { title, outcome: 'pass', durationMs };
  return { title, outcome: verdict === 'none' ? 'inconc' : verdict, reason, durationMs };
}

/** Tells on a stream how far the campaign has come. Never writes anything that a test title could misuse. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #live: boolean;
  readonly #silent: boolean;
  readonly #paint: Paint;
  readonly #began = performance.now();
  readonly #counts = { done: 0, fail: 0, doubt: 0 };
  #total: number;
  #current = '';
  /** Why the last test was skipped, and how many more were for the same reason. */
  #skipped: { reason: string | undefined; more: number } | undefined;
  #drawn = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param total tests that will be told of, 0 where it is not known */
  constructor(stream: ProgressStream, style: ProgressStyle, total: number) {
    this.#stream = stream;
    this.#live = style === 'live' && stream.isTTY === true;
    this.#silent = style === 'none';
    this.#paint = painter(wantsColor(stream));
    this.#total = total;
  }

  /** Sets how many tests there are in all, where that was not known at the beginning. */
  expect(total: number): void {
    this.#total = total;
  }

  /** A test begins. */
  start(title: string): void {
    this.#current = visibleLine(title);
    if (!this.#live) return;
    this.#timer ??= setInterval(() => this.#draw(), REDRAW_MS).unref();
    this.#draw();
  }

  /** A test is over. */
  end(ended: Ended): void {
    this.#counts.done++;
    if (ended.outcome === 'fail') this.#counts.fail++;
    if (ended.outcome === 'inconc' || ended.outcome === 'error') this.#counts.doubt++;
    if (ended.outcome === 'skipped' && this.#skipped && this.#skipped.reason === ended.reason) {
      this.#skipped.more++;
      return this.#draw();
    }
    this.#tellSkipped();
    if (ended.outcome === 'skipped') this.#skipped = { reason: ended.reason, more: 0 };
    if (!this.#live || PERMANENT.includes(ended.outcome)) this.say(this.#line(ended));
    else this.#draw();
  }

  /** A hundred tests that are not run for one reason are two lines. */
  #tellSkipped(): void {
    const more = this.#skipped?.more ?? 0;
    this.#skipped = undefined;
    if (more === 0 || this.#live) return;
    this.say(`${this.#paint('soft', 'skipped')} ${more} more for the same reason`);
  }

  /** A line that stays. */
  say(line: string): void {
    if (this.#silent) return;
    this.#erase();
    this.#stream.write(`${line}\n`);
    if (this.#timer) this.#draw();
  }

  /** The campaign is over: the live line goes. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tellSkipped();
    this.#erase();
  }

  #line({ title, outcome, reason, durationMs }: Ended): string {
    const word = this.#paint(TONES[outcome], outcome.padEnd(7));
    const took = durationMs === undefined ? '' : this.#paint('soft', ` (${duration(durationMs)})`);
    const why = reason === undefined || reason === '' ? '' : `: ${clip(visibleLine(reason), 400)}`;
    return `${word} ${clip(visibleLine(title), 200)}${why}${took}`;
  }

  #draw(): void {
    if (!this.#live) return;
    const { done, fail, doubt } = this.#counts;
    const of = this.#total > 0 ? `${done}/${this.#total}` : `${done}`;
    const bad = `${fail > 0 ? `, ${fail} failed` : ''}${doubt > 0 ? `, ${doubt} without a verdict` : ''}`;
    const head = `${of}${bad}, ${duration(Math.max(1000, performance.now() - this.#began)).replace(/\.\d+ s$/, ' s')}`;
    const columns = (this.#stream.columns || 80) - 1;
    const room = columns - head.length - 2;
    const current = room < 4 ? '' : `  ${fitColumns(this.#current, room)}`;
    this.#erase();
    this.#stream.write(this.#paint('strong', head.slice(0, columns)) + current);
    this.#drawn = true;
  }

  #erase(): void {
    if (!this.#drawn) return;
    cursorTo(this.#stream, 0);
    clearLine(this.#stream, 0);
    this.#drawn = false;
  }
}

/** At most `columns` cells of a terminal, where wide characters take two. */
function fitColumns(text: string, columns: number): string {
  let fitting = '';
  let used = 0;
  for (const character of text) {
    used += textWidth(character, 1) > 1 ? 2 : 1;
    if (used > columns) return `${fitting.slice(0, -1)}…`;
    fitting += character;
  }
  return fitting;
}
