import type { TestRecord } from '../results/results.ts';
import { Floor } from '../scenario/floor.ts';
import { Turn } from '../scenario/turn.ts';
import { asksForFindings, counts, isDisruptive, runsAlone } from './alone.ts';
import { restsOnTiming } from './confirm.ts';
import { isOfKept, isSound, KeptAlone } from './kept.ts';
import type { PlannedTest } from './plan.ts';
import type { TestOutcome } from './run-test.ts';
import { UnderWay } from './under-way.ts';

/** What a sequence asks of the campaign whose tests it plays. */
export interface Stage {
  /** The record of a test that is not played; undefined where it is. */
  whyNot(planned: PlannedTest): TestRecord | undefined;
  /** Plays a test once. */
  play(planned: PlannedTest, turn: Turn, signal: AbortSignal): Promise<TestOutcome>;
  /** Whether every port serves after what a test has done so far. */
  serves(planned: PlannedTest): Promise<boolean>;
  /** Whether a test is about a port on which nothing listened from the start: its first failure says it all. */
  refuses(planned: PlannedTest): boolean;
  /** Makes an outcome the verdict: repeats what may be chance, and brings back a device that was lost. */
  conclude(planned: PlannedTest, outcome: TestOutcome): Promise<TestRecord>;
  /** Plays a test by itself, until its verdict stands. */
  playAlone(planned: PlannedTest): Promise<TestRecord>;
  /** The record of a test that cannot be played again: the device is lost for good, or the campaign over. */
  unrepeated(record: TestRecord): TestRecord | undefined;
  /** Told of what a test has seen, whatever its verdict will be. */
  observe(record: TestRecord): void;
  /** Whether the device was shown never to let go of a connection on the port of this test. */
  neverReleases(planned: PlannedTest): boolean;
  /** Told of each record once its verdict stands. */
  enter(record: TestRecord): void;
  /** Whether there is room for one more test beside so many connections that others hold. */
  hasRoom(held: number): boolean;
  /** Whether so many connections of others leave a crowd the room that it would have by itself. */
  isRoomy(held: number): boolean;
}

/** ms after which it is looked again whether there is room for the next test. */
const ROOM_MS = 50;

/** A test that has not begun. */
interface Due {
  planned: PlannedTest;
  /** Its place among all. */
  order: number;
  /** Known once: whoever asks whether it may begin asks again and again. */
  isAlone: boolean;
  asks: boolean;
}

/** An outcome that is no verdict yet. */
interface Unsettled {
  planned: PlannedTest;
  outcome: TestOutcome;
  /** Whether the test has to be played again by itself, whatever came out. */
  again: boolean;
  /** Whether it has failed for what the device keeps, which is believed once that was shown without company. */
  isKept: boolean;
}

/**
 * Plays tests so that one acts while others only wait; with one job strictly one after the other. They begin in the
 * order in which they are given, however many jobs there are, so that a device that is not what it was after one of
 * them is met by the same tests. A failure of a test that had company is not believed: it is played again by itself,
 * and so is whatever waited when the device was lost.
 */
export class Sequence {
  readonly #stage: Stage;
  readonly #jobs: number;
  readonly #signal: AbortSignal;
  readonly #floor = new Floor();
  readonly #underWay = new Set<UnderWay>();
  #unsettled: Unsettled[] = [];
  readonly #kept = new KeptAlone();
  readonly #records = new Map<PlannedTest, Promise<TestRecord>>();
  readonly #settle = new Map<PlannedTest, (record: TestRecord | Promise<never>) => void>();
  #isLost = false;
  #wake: (() => void) | undefined;

  /**
   * @param jobs how many tests may be under way at once
   * @param signal ends everything early
   */
  constructor(
    planned: readonly PlannedTest[],
    stage: Stage,
    { jobs, signal }: { jobs: number; signal: AbortSignal },
  ) {
    this.#stage = stage;
    this.#jobs = jobs;
    this.#signal = signal;
    for (const one of planned) {
      const record = new Promise<TestRecord>((resolve) => this.#settle.set(one, resolve));
      // Whoever asks for it hears of a failure of ours.
      record.catch(() => undefined);
      this.#records.set(one, record);
    }
    this.#playAll(planned).catch((error: unknown) => {
      for (const settle of this.#settle.values()) settle(Promise.reject(error as Error));
    });
  }

  /** The record of a test, once its verdict stands. */
  record(planned: PlannedTest): Promise<TestRecord> | undefined {
    return this.#records.get(planned);
  }

  async #playAll(planned: readonly PlannedTest[]): Promise<void> {
    const stop = (): void => this.#stopAll(this.#signal.reason);
    this.#signal.addEventListener('abort', stop, { once: true });
    const due = planned.map((one, order): Due => {
      const { test } = one;
      return { planned: one, order, isAlone: runsAlone(test), asks: asksForFindings(test) };
    });
    try {
      for (let next = await this.#next(due); next; next = await this.#next(due)) await this.#playNext(next);
      await this.#until(() => this.#underWay.size === 0);
      await this.#settleAll(planned.length);
    } finally {
      this.#signal.removeEventListener('abort', stop);
    }
  }

  async #playNext(due: Due): Promise<void> {
    const { planned, isAlone } = due;
    const isStrict = this.#jobs === 1;
    const record = this.#stage.whyNot(planned) ?? (isStrict && (await this.#stage.playAlone(planned)));
    if (record) {
      this.#floor.give();
      return this.#deliver(planned, record);
    }
    const one = this.#begin(due);
    if (isAlone) await this.#until(() => one.turn.isAside || !this.#underWay.has(one));
  }

  /** Takes the next of the tests that are due, once it may begin, and the floor for it. */
  async #next(due: Due[]): Promise<Due | undefined> {
    while (due[0]) {
      const [next] = due;
      await this.#until(() => (this.#isLost ? this.#underWay.size === 0 : this.#mayBegin(next)), ROOM_MS);
      await this.#settleBefore(next);
      await this.#floor.take(next.order);
      if (!this.#isLost) return due.shift();
      this.#floor.give();
    }
    return undefined;
  }

  /** What is left open is settled before anything that the device may be lost to. */
  async #settleBefore({ planned, order, isAlone }: Due): Promise<void> {
    const isRisky = isDisruptive(planned.test);
    if (!this.#isLost && !isRisky && !isAlone) return;
    if (!this.#isLost && this.#unsettled.some(({ isKept }) => isRisky || !isKept))
      await this.#until(
        () => [...this.#underWay].every((one) => one.onlyWatches || (!isRisky && one.rests)),
        ROOM_MS,
      );
    await this.#settleAll(order, this.#isLost || isRisky);
  }

  #mayBegin({ asks, isAlone }: Due): boolean {
    const others = [...this.#underWay];
    if (others.length === 0) return true;
    if (asks) return others.every((one) => one.onlyWatches);
    const held = this.heldBeside();
    if (!isAlone) return others.length < this.#jobs && this.#stage.hasRoom(held);
    return others.every((one) => one.onlyWatches || one.rests) && this.#stage.isRoomy(held);
  }

  /** Connections that tests hold at the device, as far as we know, without those of one test. */
  heldBeside(turn?: Turn): number {
    return [...this.#underWay].reduce((sum, one) => sum + (one.turn === turn ? 0 : one.held), 0);
  }

  #begin({ planned, order, isAlone }: Due): UnderWay {
    const one = new UnderWay(planned);
    const isCounting = counts(planned.test);
    one.turn = new Turn(this.#floor, {
      order,
      mayLeave: ({ open, isIdle }, how) => {
        if (!isAlone) return true;
        if (how === 'watches') return !isCounting && isIdle;
        if (open.length > 0) return false;
        return !isCounting || (how === 'waits long' && this.#stage.neverReleases(planned));
      },
      serves: () => this.#stage.serves(planned),
      onLeft: () => this.#wake?.(),
    });
    for (const other of this.#underWay) {
      if (other.onlyWatches) continue;
      other.hadCompany = true;
      one.hadCompany = true;
    }
    this.#underWay.add(one);
    if (this.#signal.aborted) one.stop(this.#signal.reason);
    void this.#stage.play(planned, one.turn, one.signal).then((outcome) => this.#ended(one, outcome));
    return one;
  }

  #ended(one: UnderWay, outcome: TestOutcome): void {
    const { planned } = one;
    const { record } = outcome;
    this.#underWay.delete(one);
    const isLost = outcome.lost !== undefined && !one.isSpoiled;
    this.#stage.observe(record);
    if (isLost) this.#lose(outcome.lost);
    const isDoubtful = one.isSpoiled || (one.hadCompany && !isLost);
    const isFinal = !isLost && !one.isSpoiled && this.#stage.refuses(planned);
    if (isFinal) this.#deliver(planned, record);
    else if (isDoubtful && !isSound(record.result))
      this.#unsettled.push({
        planned,
        outcome,
        again: true,
        isKept: !one.isSpoiled && isOfKept(record.result),
      });
    else if (isLost || (!isDoubtful && restsOnTiming(record.result)))
      this.#unsettled.push({ planned, outcome, again: false, isKept: false });
    else this.#deliver(planned, record);
    one.turn.end();
    this.#wake?.();
  }

  /** What waits while the device is lost has nothing more to see. */
  #lose(reason: unknown): void {
    this.#isLost = true;
    for (const other of this.#underWay) other.isSpoiled = true;
    this.#stopAll(reason);
  }

  #stopAll(reason: unknown): void {
    for (const one of this.#underWay) one.stop(reason);
  }

  /**
   * Settles what is left open, each by itself; whatever is still watched is watched on.
   * @param andKept whether what the device was seen to keep is settled as well
   */
  async #settleAll(order: number, andKept = true): Promise<void> {
    const due = this.#unsettled.filter(({ isKept }) => andKept || !isKept);
    if (due.length > 0) {
      this.#unsettled = this.#unsettled.filter((one) => !due.includes(one));
      await this.#floor.take(order);
      const lostFirst = ({ outcome, again }: Unsettled): number =>
        outcome.lost !== undefined && !again ? 0 : 1;
      for (const one of due.sort((a, b) => lostFirst(a) - lostFirst(b)))
        this.#deliver(one.planned, await this.#settled(one));
      this.#floor.give();
    }
    this.#isLost = false;
  }

  async #settled({ planned, outcome, again, isKept }: Unsettled): Promise<TestRecord> {
    const { record } = outcome;
    if (!again) return this.#stage.conclude(planned, outcome);
    if (isKept && (this.#stage.neverReleases(planned) || this.#kept.isShown(planned.port))) return record;
    const unrepeated = this.#stage.unrepeated(record);
    if (unrepeated) return isKept ? record : unrepeated;
    const alone = await this.#stage.playAlone(planned);
    if (isKept) this.#kept.learn(planned.port, alone.result.verdict === record.result.verdict);
    return alone;
  }

  #deliver(planned: PlannedTest, record: TestRecord): void {
    this.#stage.enter(record);
    this.#settle.get(planned)?.(record);
    this.#settle.delete(planned);
  }

  /** @param againMs after which the condition is asked though nobody has woken us; never where absent */
  async #until(condition: () => boolean, againMs?: number): Promise<void> {
    while (!condition()) {
      const timer = againMs !== undefined && setTimeout(() => this.#wake?.(), againMs);
      await new Promise<void>((resolve) => (this.#wake = resolve));
      if (timer) clearTimeout(timer);
    }
  }
}
