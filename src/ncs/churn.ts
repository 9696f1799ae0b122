import type { ChurnEnd, ChurnReport } from '../history/churn/report.ts';
import { failuresOf } from '../history/churn/tally.ts';
import { nowUs } from '../history/clock.ts';
import type { Frame } from '../wire/types.ts';
import { WholeMessages } from '../wire/whole-message.ts';
import { Account, type Conclusion } from './churn/account.ts';
import { Correspondence } from './churn/correspondence.ts';
import { Crowd } from './churn/crowd.ts';
import { Cycle, type CycleOwner } from './churn/cycle.ts';
import { Deadlines } from './churn/deadlines.ts';
import type { Engine } from './churn/engine.ts';
import { Eyes, type Onlooker } from './churn/eyes.ts';
import { LoopClock } from './churn/loop-clock.ts';
import { NODE_ENGINE } from './churn/node-engine.ts';
import type { ChurnOptions } from './churn/options.ts';
import { Releases } from './churn/releases.ts';
import { Requests } from './churn/requests.ts';
import { Room } from './churn/room.ts';
import { Schedule } from './churn/schedule.ts';
import { connectFailure } from './failure.ts';

/** ms between two looks at what is being released while the next cycle waits for it. */
const PRESSING_MS = 0.15;

const PROGRESS_MS = 100;

/** Connections that show enough where the device never lets go of any. */
const ENOUGH_STUCK = 10;

/**
 * Opens, uses and ends connections, one a cycle, and accounts for every one of them. Ends when all cycles are
 * done, the time is up, the device is clearly refuted, a limit of this machine is met or the signal says so; then
 * waits, as long as the release time, for what is still to be released. Never rejects; keeps nothing of a cycle
 * but what was counted.
 * @param engine what it runs on
 */
export function runChurn(options: ChurnOptions, engine: Engine = NODE_ENGINE): Promise<ChurnReport> {
  return new Churn(options, engine).run();
}

class Churn implements CycleOwner, Onlooker {
  readonly #options: ChurnOptions;
  readonly #engine: Engine;
  readonly #requests: Requests | undefined;
  readonly #messages: WholeMessages;
  readonly #account = new Account();
  readonly #correspondence = new Correspondence();
  readonly #schedule: Schedule;
  readonly #eyes: Eyes;
  readonly #room: Room;
  readonly #clock: LoopClock;
  readonly #startUs = nowUs();
  readonly #deadlines: Deadlines;
  readonly #crowd = new Crowd();
  readonly #releases: Releases;
  #pressing = false;
  #watching = false;
  #untell: (() => void) | undefined;
  #stopped: { ended: ChurnEnd; why?: string; failures: number } | undefined;
  #finish: ((report: ChurnReport) => void) | undefined;

  constructor(options: ChurnOptions, engine: Engine) {
    this.#options = options;
    this.#engine = engine;
    this.#requests = options.requests && new Requests(options.requests);
    this.#messages = new WholeMessages(options.encoding);
    this.#clock = new LoopClock(engine);
    this.#deadlines = new Deadlines(this.#clock);
    this.#schedule = new Schedule(options, () => this.#account.isFastAgain());
    this.#eyes = new Eyes(engine, options.lookUp, this);
    this.#releases = new Releases(this.#account, this.#eyes, (cycle) => this.#settle(cycle));
    this.#room = new Room(options, engine, this.#crowd, this.#releases);
  }

  run(): Promise<ChurnReport> {
    const { signal, onProgress } = this.#options;
    const onAbort = (): void => this.#breakOff();
    return new Promise<ChurnReport>((resolve) => {
      this.#finish = resolve;
      if (signal.aborted) return this.#breakOff();
      signal.addEventListener('abort', onAbort, { once: true });
      this.#clock.start(() => this.#tick());
      if (onProgress) this.#untell = this.#engine.every(PROGRESS_MS, () => onProgress(this.#account.tally));
      this.#advance();
    }).finally(() => signal.removeEventListener('abort', onAbort));
  }

  opened(cycle: Cycle): void {
    const { replyMs } = this.#options;
    this.#account.tally.opened += 1;
    this.#eyes.welcome(cycle);
    if (!this.#requests) return this.#hold(cycle);
    const ask = this.#requests.next();
    this.#account.tally.asked += 1;
    this.#deadlines.set(cycle, replyMs);
    cycle.ask(ask);
    this.#correspondence.expect(cycle);
  }

  failed(cycle: Cycle, code: string): void {
    const { remote } = this.#options;
    const failure = connectFailure(code, `${remote.address}:${remote.port}`);
    this.#account.notOpened(cycle, failure);
    if (failure.whose === 'ours') this.#stop('limit', failure.text);
    this.#settle(cycle);
  }

  echoed(cycle: Cycle): void {
    if (this.#correspondence.echoed(cycle)) this.#answered(cycle);
  }

  received(cycle: Cycle, frame: Frame): void {
    const answered = this.#correspondence.answeredBy(frame, cycle);
    if (answered === cycle) this.#answered(cycle);
    else if (answered) {
      this.#conclude(answered, 'misdirected', `its answer came on connection ${cycle.number}`);
    }
  }

  finished(cycle: Cycle): void {
    if (cycle.stage === 'ending') this.#releases.released(cycle);
    else if (this.#crowd.isHeld(cycle)) this.#end(cycle);
    else if (cycle.asked && !cycle.concluded) {
      this.#conclude(cycle, 'closedEarly', 'closed by the device instead of an answer');
    }
  }

  reset(cycle: Cycle): void {
    if (cycle.asked && !cycle.concluded) {
      this.#conclude(cycle, 'resetEarly', 'reset by the device instead of an answer');
    }
    this.#releases.released(cycle);
  }

  looked(cycles: readonly Cycle[]): void {
    for (const cycle of cycles) {
      if (cycle.stage === 'using' && cycle.endsWhenLooked) this.#end(cycle);
      else if (cycle.stage === 'ending') this.#releases.judge(cycle);
    }
    this.#advance();
  }

  wentBlind(why: string, cycles: readonly Cycle[]): void {
    this.#stop('blind', why);
    for (const cycle of cycles) if (cycle.endsWhenLooked) this.#end(cycle);
    this.#releases.goBlind();
    this.#advance();
  }

  #start(): void {
    const { closes, remote, connectMs } = this.#options;
    const { tally } = this.#account;
    this.#schedule.start();
    tally.started += 1;
    const kind = closes[(tally.started - 1) % closes.length] ?? 'close';
    const cycle = new Cycle(tally.started, kind, {
      ...{ engine: this.#engine, remote, messages: this.#messages, owner: this },
    });
    this.#crowd.add(cycle);
    this.#deadlines.set(cycle, connectMs);
    this.#room.begun();
  }

  get #hasMore(): boolean {
    return this.#room.hasPlace && this.#schedule.hasMore(this.#crowd.open.size);
  }

  #answered(cycle: Cycle): void {
    this.#account.answeredAfter(this.#schedule.phase, (nowUs() - cycle.askedUs) / 1_000);
    this.#conclude(cycle, 'answered');
  }

  #conclude(cycle: Cycle, how: Conclusion, example?: string): void {
    this.#account.conclude(cycle, how, example);
    this.#correspondence.forget(cycle);
    if (how === 'answered') this.#hold(cycle);
    else if (!cycle.wasReset) this.#end(cycle);
  }

  /** Keeps a connection that has done its work until most of those that may be open have. */
  #hold(cycle: Cycle): void {
    if (cycle.finReceived || this.#schedule.width === 1) return this.#end(cycle);
    this.#deadlines.lift(cycle);
    this.#crowd.hold(cycle);
    this.#advance();
  }

  #letGo(): void {
    const held = this.#crowd.letGo(this.#schedule.width, () => this.#hasMore);
    for (const cycle of held) this.#end(cycle);
  }

  /** Ends a connection our way, after the first look at it where there is one to be had. */
  #end(cycle: Cycle): void {
    if (cycle.stage !== 'using') return;
    if (this.#eyes.open && !cycle.looked) {
      cycle.endsWhenLooked = true;
      this.#deadlines.lift(cycle);
      return this.#eyes.hurry();
    }
    this.#crowd.remove(cycle);
    this.#deadlines.set(cycle, this.#options.releaseMs);
    this.#releases.begin(cycle);
    this.#advance();
  }

  #settle(cycle: Cycle): void {
    cycle.stage = 'settled';
    this.#crowd.remove(cycle);
    this.#releases.forget(cycle);
    cycle.discard();
    if (this.#schedule.phase !== 'over') this.#room.rest(() => this.#advance());
    this.#advance();
  }

  /** What is overdue is found, what is due is looked at. */
  #tick(): void {
    for (const cycle of this.#deadlines.passed(this.#unsettled)) this.#expire(cycle);
    this.#eyes.look(this.#releases.due());
    this.#advance();
  }

  /** Every connection on which something may be awaited. */
  get #unsettled(): Cycle[] {
    return [...this.#crowd.open, ...this.#releases.ending];
  }

  #expire(cycle: Cycle): void {
    this.#deadlines.lift(cycle);
    if (cycle.stage === 'opening') this.failed(cycle, 'ETIMEDOUT');
    else if (cycle.stage === 'using') {
      this.#conclude(cycle, 'unanswered', `no answer within ${this.#options.replyMs / 1_000} s`);
    } else this.#releases.expire(cycle);
  }

  #advance(): void {
    if (!this.#finish) return;
    if (this.#isRefuted) this.#stop('refuted');
    const { phase } = this.#schedule;
    while (this.#schedule.turn(this.#crowd.open.size)) {
      if (phase !== 'over') this.#account.lag(phase, this.#clock.takeLagMs());
    }
    while (this.#hasMore && this.#schedule.isTime && this.#room.isGentle) this.#start();
    this.#letGo();
    if (this.#isShortOfRoom) this.#press();
    if (this.#schedule.phase !== 'over') return;
    if (this.#unsettled.length === 0) return this.#conclusion();
    if (this.#crowd.open.size > 0 || this.#watching) return;
    this.#watching = true;
    this.#options.onWatching?.();
  }

  /** Whether more cycles would show nothing new. */
  get #isRefuted(): boolean {
    const { mostOpen, enoughMs } = this.#options;
    const standing = this.#releases.left.size;
    if (standing >= mostOpen || this.#account.isRefuted(standing)) return true;
    return enoughMs !== undefined && this.#releases.areStuck(ENOUGH_STUCK, enoughMs * 1_000);
  }

  /** Whether all that the next cycle waits for is the release of others. */
  get #isShortOfRoom(): boolean {
    const { open } = this.#crowd;
    return this.#eyes.open && !this.#room.hasPlace && this.#schedule.hasMore(open.size);
  }

  /** Looks at what is being released as soon as there can be news. */
  #press(): void {
    if (this.#pressing || this.#releases.ending.size === 0) return;
    this.#pressing = true;
    this.#engine.after(PRESSING_MS, () => {
      this.#pressing = false;
      if (!this.#finish) return;
      this.#eyes.look(this.#releases.due(true));
      this.#advance();
    });
  }

  #stop(ended: ChurnEnd, why?: string): void {
    const failures = failuresOf(this.#account.tally) + this.#releases.left.size;
    this.#stopped ??= { ended, failures, ...(why !== undefined && { why }) };
    this.#schedule.stop();
  }

  #breakOff(): void {
    this.#stop('interrupted');
    for (const cycle of this.#unsettled) {
      this.#account.brokenOff(cycle);
      cycle.discard();
      this.#crowd.remove(cycle);
      this.#releases.forget(cycle);
    }
    this.#conclusion();
  }

  #conclusion(): void {
    const finish = this.#finish;
    this.#finish = undefined;
    this.#clock.stop();
    this.#untell?.();
    this.#eyes.close();
    const books = this.#account.close(this.#releases.left);
    for (const cycle of this.#releases.left) cycle.discard();
    const { ended = this.#schedule.endedBy, why, failures = 0 } = this.#stopped ?? {};
    finish?.({
      engine: this.#engine.name,
      wanted: this.#options.cycles,
      ended,
      ...(why !== undefined && { why }),
      failuresBefore: failures,
      ...books,
      durationMs: (nowUs() - this.#startUs) / 1_000,
      mostOpen: this.#room.mostOpen,
    });
  }
}
