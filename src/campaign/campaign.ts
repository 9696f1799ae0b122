import { sentence } from '../observe/blind.ts';
import type { PortName } from '../history/facts.ts';
import { MessageIds } from '../ncs/message-ids.ts';
import type { Network } from '../ncs/network.ts';
import { Newsroom } from '../ncs/newsroom.ts';
import { TCP } from '../ncs/tcp.ts';
import { whyNotVanish } from '../ncs/vanish.ts';
import type { PortHabits, TestRecord } from '../results/results.ts';
import type { PlayContext } from '../scenario/context.ts';
import type { Target } from '../subject/target.ts';
import type { Observers } from '../observe/choose.ts';
import { refuses, whyNotPlayed, type CampaignSoFar } from './applicability.ts';
import { hasHabit } from './has-habit.ts';
import { Observing } from './observing.ts';
import { keyOf, type PlannedTest } from './plan.ts';
import { Confirmation } from './confirm.ts';
import { restartDevice } from './restart.ts';
import { runTest, type TestOutcome } from './run-test.ts';
import { closingSanity, openingSanity } from './sanity.ts';
import { crashed, unplayed } from './test-result.ts';

/** What a campaign is made of. */
export interface CampaignOptions {
  target: Target;
  planned: readonly PlannedTest[];
  seed: number;
  /** Ends the campaign early; what was found so far stays. */
  signal: AbortSignal;
  /** Observers that several campaigns share. */
  observers?: Observers;
  /** The network that leads to the device; that of this machine where absent. */
  network?: Network;
  /** Told what the device is like, once the opening sanity test is over. */
  onBegun?: (habits: Partial<Record<PortName, PortHabits>>) => void;
}

/**
 * One run of tests against one device, in order: opening sanity, the tests, closing sanity. It keeps what the
 * tests share (habits, observers, the counter of messageIDs) and whether the device is still there.
 */
export class Campaign {
  readonly target: Target;
  readonly planned: readonly PlannedTest[];
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly records: TestRecord[] = [];
  readonly observing: Observing;
  /** Where the device can dial the NCS. */
  readonly newsroom: Newsroom;
  readonly habits: Partial<Record<PortName, PortHabits>> = {};
  machine: Record<string, string> | undefined;
  /** Why nothing but the opening sanity test was run. */
  stopped: string | undefined;
  readonly #leftOut: readonly PlannedTest[];
  #lost: string | undefined;
  readonly #onBegun: CampaignOptions['onBegun'];
  readonly #lateWatched = new Set<PortName>();
  readonly #network: Network;
  readonly #confirmation = new Confirmation();
  readonly #messageIds = new MessageIds();
  readonly #whyNotVanish = whyNotVanish();

  private constructor(options: CampaignOptions, observing: Observing, newsroom: Newsroom) {
    this.target = options.target;
    this.planned = options.planned.filter((one) => one.leftOut === undefined);
    this.#leftOut = options.planned.filter((one) => one.leftOut !== undefined);
    this.seed = options.seed;
    this.signal = options.signal;
    this.observing = observing;
    this.newsroom = newsroom;
    this.#network = options.network ?? TCP;
    this.#onBegun = options.onBegun;
  }

  /** Prepares the observers and listens for a device that dials; nothing reaches the device yet. */
  static async open(options: CampaignOptions): Promise<Campaign> {
    const { network = TCP } = options;
    const { address, encoding, mosId, ncsId, revision, listen = {} } = options.target;
    const observing = await Observing.open(options.target, options.observers);
    const identity = { mosId, ncsId, revision };
    const newsroom = await Newsroom.open({ device: address, encoding, identity, network, ports: listen });
    return new Campaign(options, observing, newsroom);
  }

  /** What the tests of this campaign are lent. */
  context(): PlayContext {
    const { observing } = this;
    return {
      target: this.target,
      habits: this.habits,
      hasHabit: (habit, port) => {
        const { maxConnections } = this.target;
        return hasHabit(habit, port, { habits: this.habits, maxConnections, called: this.newsroom.called });
      },
      messageIds: this.#messageIds,
      watch: (history) => observing.watch(history),
      distrust: (reason) => observing.distrust(reason),
      get seesOrphans() {
        return observing.seesOrphans;
      },
      seesDevice: observing.seesDevice,
      get descriptors() {
        return observing.descriptors;
      },
      lookup: observing.lookup,
      unread: (tuple) => observing.unread(tuple),
      listening: (port) => observing.listening(port),
      canVanish: this.#whyNotVanish === undefined,
      whyNotVanish: this.#whyNotVanish ?? '',
      network: this.#network,
      newsroom: this.newsroom,
      lateWatched: this.#lateWatched,
      signal: this.signal,
      seed: this.seed,
    };
  }

  /** The opening sanity test; fills the habits. When no port answers, nothing else will run. */
  async begin(): Promise<TestRecord> {
    const sanity = await this.#stopOnCrash(openingSanity(this.context()));
    Object.assign(this.habits, sanity.habits);
    this.machine = sanity.machine;
    this.stopped = sanity.stop;
    this.#onBegun?.(this.habits);
    return this.#add(sanity.record);
  }

  /** Plays one planned test, or says why not. */
  async run(planned: PlannedTest): Promise<TestRecord> {
    const why = whyNotPlayed(planned, this.#soFar);
    if (why) return this.#add(unplayed(planned, why.applicability, why.reason, this.seed));
    try {
      const { record, lost } = await this.#play(planned);
      this.#add(record);
      if (lost !== undefined) await this.#recover(`${keyOf(planned)}: ${lost}`);
      return record;
    } catch (error) {
      return this.#add(crashed(planned, `the harness failed: ${sentence(error)}`, this.seed));
    }
  }

  /** Plays a test, and again, with the same seed and choices, where its failure may have been chance. */
  async #play(planned: PlannedTest): Promise<TestOutcome> {
    const play = (): Promise<TestOutcome> => runTest(planned, this.context());
    const { restart: command } = this.target;
    const restart = command === undefined ? undefined : () => this.#restart(command);
    const outcome = await play();
    if (refuses(planned, this.habits)) return outcome;
    return this.#confirmation.confirm(outcome, { play, restart, signal: this.signal });
  }

  /** The closing sanity test: the device still answers as it did. */
  async end(): Promise<TestRecord> {
    const context = this.context();
    const sanity = await this.#stopOnCrash(closingSanity(context, this.stopped ?? this.#lost));
    this.#add(sanity.record);
    for (const one of this.#leftOut) this.#add(unplayed(one, 'not selected', one.leftOut ?? '', this.seed));
    return sanity.record;
  }

  /** A campaign without its sanity tests is incomplete, whatever else it found. */
  async #stopOnCrash<T>(sanity: Promise<T>): Promise<T> {
    try {
      return await sanity;
    } catch (error) {
      this.stopped ??= `the harness failed: ${sentence(error)}`;
      throw error;
    }
  }

  /** Gives the observers back, and ends what the device has dialled. */
  dispose(): void {
    this.newsroom.close();
    this.observing.close();
  }

  get #soFar(): CampaignSoFar {
    const { target, signal, habits, records, stopped } = this;
    return { target, signal, habits, records, stopped, lost: this.#lost };
  }

  #add(record: TestRecord): TestRecord {
    this.records.push(record);
    return record;
  }

  async #recover(lost: string): Promise<void> {
    const problem = this.target.restart === undefined ? '' : await this.#restart(this.target.restart);
    if (problem !== undefined) this.#lost = [lost, problem].filter((one) => one !== '').join('; ');
  }

  #restart(command: string): Promise<string | undefined> {
    const { signal, target } = this;
    const whyNot = async (): Promise<string | undefined> => (await openingSanity(this.context())).stop;
    return restartDevice({ command, recoveryMs: target.times.recoveryTime, whyNot, signal });
  }
}
