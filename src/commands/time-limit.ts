import { Interruption } from '../campaign/session.ts';
import { duration } from '../document/schemas.ts';
import { EXIT, UsageError } from './exit.ts';

/** The time limit of a campaign where none is given, in ms. */
const DEFAULT_MS = 10 * 60_000;

/** Answers that a test waits for, about; from this the limit for a slow device is reckoned. */
const ANSWERS_PER_TEST = 4;

/** No device is so slow that a campaign should take longer than this, in ms. */
const LONGEST_MS = 60 * 60_000;

/** Ends a campaign that takes too long. */
export class TimeLimit {
  readonly #controller: AbortController;
  readonly #given: string | undefined;
  readonly #startedMs = Date.now();
  #timer: NodeJS.Timeout;

  constructor(controller: AbortController, given: string | undefined) {
    this.#controller = controller;
    this.#given = given;
    this.#timer = this.#arm(given === undefined ? DEFAULT_MS : readLimit(given));
  }

  /**
   * Gives a device that answers slowly the time that its tests will take, unless a limit was given.
   * @returns a sentence where the limit changed
   */
  allowFor(slowestReplyMs: number, tests: number): string | undefined {
    const slowMs = tests * ANSWERS_PER_TEST * slowestReplyMs;
    const wantedMs = Math.min(LONGEST_MS, DEFAULT_MS + slowMs);
    if (this.#given !== undefined || slowMs < DEFAULT_MS / 4) return undefined;
    this.stop();
    this.#timer = this.#arm(wantedMs - (Date.now() - this.#startedMs));
    const minutes = Math.ceil(wantedMs / 60_000);
    return `The device takes ${Math.round(slowestReplyMs)} ms to answer: the campaign may take ${minutes} minutes (--max-time)`;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(ms: number): NodeJS.Timeout {
    const limitMs = ms + (Date.now() - this.#startedMs);
    const reason = `the time limit of ${written(limitMs)} was reached`;
    const advice = `--max-time ${written(2 * limitMs)
      .replace(' min', 'm')
      .replace(' ', '')}`;
    return setTimeout(() => {
      this.#controller.abort(new Interruption(reason, { exitCode: EXIT.inconclusive, advice }));
    }, ms);
  }
}

/** `10 min`, `90 s` */
function written(ms: number): string {
  const s = Math.round(ms / 1_000);
  if (s === 0) return `${Math.round(ms)} ms`;
  return s % 60 === 0 ? `${s / 60} min` : `${s} s`;
}

function readLimit(given: string): number {
  const ms = duration.safeParse(given);
  if (!ms.success) throw new UsageError(`--max-time ${given}: expected a duration, such as 10m or 90s`);
  return ms.data;
}
