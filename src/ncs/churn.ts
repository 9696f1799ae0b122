import type { ChurnEnd, ChurnReport } from '../history/churn/report.ts';
import { failuresOf } from '../history/churn/tally.ts';
import { nowUs } from '../history/clock.ts';
import type { Frame } from '../wire/types.ts';
import { Account, type Conclusion } from './churn/account.ts';
import { Correspondence } from './churn/correspondence.ts';
import { Crowd } from './churn/crowd.ts';
import { Cycle, type CycleOwner } from './churn/cycle.ts';
import { Deadlines } from './churn/deadlines.ts';
import { Eyes, type Onlooker } from './churn/eyes.ts';
import { LoopClock } from './churn/loop-clock.ts';
import type { ChurnOptions } from './churn/options.ts';
import { Releases } from './churn/releases.ts';
import { Room } from './churn/room.ts';
import { Schedule } from './churn/schedule.ts';
import { connectFailure } from './failure.ts';

/**
 * Opens, uses and ends connections, one a cycle, and accounts for every one of them. Ends when all cycles are
 * done, the time is up, the device is clearly refuted, a limit of this machine is met or the signal says so; then
 * waits, as long as the release time, for what is still to be released. Never rejects; keeps nothing of a cycle
 * but what was counted.
 */
export function runChurn(options: ChurnOptions): Promise<ChurnReport> {
  return new Churn(options).run();
}

class Churn implements CycleOwner, Onlooker {
  readonly #options: ChurnOptions;
  readonly #account = new Account();
  readonly #correspondence = new Correspondence();
  readonly #schedule: Schedule;
  readonly #eyes: Eyes;
  readonly #room: Room;
  readonly #clock = new LoopClock();
  readonly #startUs = nowUs();
  readonly #deadlines = new Deadlines(this.#clock);
  readonly #crowd = new Crowd();
  readonly #releases: Releases;
  #stopped: { ended: ChurnEnd; why?: string; failures: number } | undefined;
  #finish: ((report: ChurnReport) => void) | undefined;

  constructor(options: ChurnOptions) {
    this.#options = options;
    this.#schedule = new Schedule(options, () => this.#account.isFastAgain());
    this.#eyes = new Eyes(options.lookUp, this);
    this.#releases = new Releases(this.#account, this.#eyes, (cycle) => this.#settle(cycle));
    this.#room = new Room(options, this.#crowd, this.#releases);
  }

  run(): Promise<ChurnReport> {
    const { signal } = this.#options;
    const onAbort = (): void => this.#breakOff();
    return new Promise<ChurnReport>((resolve) => {
      this.#finish = resolve;
      if (signal.aborted) return this.#breakOff();
      signal.addEventListener('abort', onAbort, { once: true });
      this.#clock.start(() => this.#tick());
      this.#advance();
    }).finally(() => signal.removeEventListener('abort', onAbort));
  }

  opened(cycle: Cycle): void {
    const { compose, replyMs } = this.#options;
    this.#account.tally.opened += 1;
    this.#eyes.welcome(cycle);
    if (!compose) return this.#hold(cycle);
    const ask = compose();
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

  received(cycle: Cycle, frame: Frame): void {
    const answered = this.#correspondence.answeredBy(frame, cycle);
    if (answered === cycle) {
      this.#account.answeredAfter(this.#schedule.phase, (nowUs() - cycle.askedUs) / 1_000);
      this.#conclude(cycle, 'answered');
    } else if (answered) {
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
    const { closes, remote, encoding, connectMs } = this.#options;
    const { tally } = this.#account;
    this.#schedule.start();
    tally.started += 1;
    const kind = closes[(tally.started - 1) % closes.length] ?? 'close';
    const cycle = new Cycle(tally.started, kind, remote, encoding, this);
    this.#crowd.add(cycle);
    this.#deadlines.set(cycle, connectMs);
    this.#room.begun();
  }

  get #hasMore(): boolean {
    return this.#room.hasPlace && this.#schedule.hasMore(this.#crowd.open.size);
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
    this.#letGo();
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
      return;
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
    const standing = this.#releases.left.size;
    if (standing >= this.#options.mostOpen || this.#account.isRefuted(standing)) this.#stop('refuted');
    const { phase } = this.#schedule;
    while (this.#schedule.turn(this.#crowd.open.size)) {
      if (phase !== 'over') this.#account.lag(phase, this.#clock.takeLagMs());
    }
    while (this.#hasMore && this.#schedule.isTime && this.#room.isGentle) this.#start();
    this.#letGo();
    const isOver = this.#schedule.phase === 'over' && this.#unsettled.length === 0;
    if (isOver) this.#conclusion();
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
    this.#eyes.close();
    const books = this.#account.close(this.#releases.left);
    for (const cycle of this.#releases.left) cycle.discard();
    const { ended = this.#schedule.endedBy, why, failures = 0 } = this.#stopped ?? {};
    finish?.({
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
