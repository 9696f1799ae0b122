import { setMaxListeners } from 'node:events';
import { sentence } from '../observe/blind.ts';
import { msToUs, nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { MessageIds } from '../ncs/message-ids.ts';
import type { Network } from '../ncs/network.ts';
import { Newsroom } from '../ncs/newsroom.ts';
import { TCP } from '../ncs/tcp.ts';
import { whyNotVanish } from '../ncs/vanish.ts';
import type { Learnt } from '../results/history-lines.ts';
import type { AssertionResult, PortHabits, TestRecord } from '../results/results.ts';
import type { PlayContext } from '../scenario/context.ts';
import type { Tier } from '../suite/model.ts';
import type { Target } from '../subject/target.ts';
import type { Observers } from '../observe/choose.ts';
import { refuses, whyNotPlayed, type CampaignSoFar } from './applicability.ts';
import { Findings } from './findings.ts';
import { leftSanity } from './left-sanity.ts';
import { Leftovers } from './leftovers.ts';
import { Shown } from './shown.ts';
import { hasHabit } from './has-habit.ts';
import { Observing } from './observing.ts';
import { keyOf, type PlannedTest } from './plan.ts';
import { Confirmation } from './confirm.ts';
import { restartDevice } from './restart.ts';
import { fewOf } from '../scenario/steps/connect.ts';
import { runTest, servesAfter, type TestOutcome } from './run-test.ts';
import { closingSanity, openingSanity } from './sanity.ts';
import { Sequence, type Stage } from './sequence.ts';
import { inPlayingOrder } from './playing-order.ts';
import { jobsFor } from './side-by-side.ts';
import { isSlowDevice } from './slow.ts';
import { crashed, spoiled, unplayed } from './test-result.ts';
import type { Turn } from '../scenario/turn.ts';

/** ms that these may take on a device that takes its time to answer, unless the device file says otherwise. */
const SLOW_MS = { churnTime: 2_000, gridTime: 5_000 } as const;

/** A slow device shows little more where it is asked for long. */
function shorten({ given, times }: Target): void {
  for (const name of ['churnTime', 'gridTime'] as const)
    if (!given.has(name)) times[name] = Math.min(times[name], SLOW_MS[name]);
}

/** For whom something is lent. */
interface Lent {
  /** The test; absent for a sanity test. */
  planned?: PlannedTest;
  turn?: Turn;
  signal?: AbortSignal;
}

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
  /** Which tests were asked for; `standard` where absent. */
  tier?: Tier;
  /** How many tests may be under way at once; 1 plays them strictly one after the other. */
  jobs?: number;
  /** Told what the device is like, once the opening sanity test is over. */
  onBegun?: (habits: Partial<Record<PortName, PortHabits>>) => void;
  /** Told of everything as it happens, so that it outlives this process. */
  chronicle?: CampaignChronicle;
}

/** Keeps what happens in a campaign. */
export interface CampaignChronicle {
  /** A test begins to be played; its key is that of the test. */
  follow(history: History, key: string): void;
  /** A test has ended, and this is known by now. The facts of its record may be taken away. */
  enter(record: TestRecord, learnt: Learnt): void;
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
  readonly observing: Observing;
  /** Where the device can dial the NCS. */
  readonly newsroom: Newsroom;
  readonly habits: Partial<Record<PortName, PortHabits>> = {};
  machine: Record<string, string> | undefined;
  /** Why nothing but the opening sanity test was run. */
  stopped: string | undefined;
  /** Why only what needs no answer was run. */
  mute: string | undefined;
  readonly #records: TestRecord[] = [];
  readonly #jobs: number;
  readonly #tier: Tier;
  readonly #inOrder: readonly PlannedTest[];
  #sequence: Sequence | undefined;
  readonly #leftOut: readonly PlannedTest[];
  #lost: string | undefined;
  /** From the beginning of a test in which the device was lost until its verdict stood. */
  readonly #losses: { fromUs: number; toUs: number }[] = [];
  readonly #onBegun: CampaignOptions['onBegun'];
  readonly #chronicle: CampaignChronicle | undefined;
  readonly #lateWatched = new Set<PortName>();
  readonly #network: Network;
  readonly #closesIdle = new Findings();
  readonly #shown = new Shown();
  readonly #leftovers: Leftovers;
  /** Descriptors of the device without a connection, before anything was tested. */
  #descriptorsBefore: number | undefined;
  readonly #confirmation = new Confirmation();
  readonly #messageIds = new MessageIds();
  readonly #whyNotVanish = whyNotVanish();

  private constructor(options: CampaignOptions, observing: Observing, newsroom: Newsroom) {
    this.target = options.target;
    this.planned = options.planned.filter((one) => one.leftOut === undefined);
    this.#leftOut = options.planned.filter((one) => one.leftOut !== undefined);
    this.#inOrder = inPlayingOrder(this.planned);
    this.seed = options.seed;
    this.#jobs = options.jobs ?? 1;
    this.#tier = options.tier ?? 'standard';
    this.signal = options.signal;
    this.observing = observing;
    this.newsroom = newsroom;
    const { path, times } = this.target;
    this.#leftovers = new Leftovers({
      holder: (tuple) => observing.deviceEnd(tuple)?.heldBy(),
      lookup: observing.lookup,
      seesDevice: () => observing.seesDevice,
      infers: path === 'direct',
      releaseUs: msToUs(times.releaseTime),
      lateUs: msToUs(times.lateTime),
    });
    this.#network = options.network ?? TCP;
    this.#onBegun = options.onBegun;
    this.#chronicle = options.chronicle;
  }

  /** Prepares the observers and listens for a device that dials; nothing reaches the device yet. */
  static async open(options: CampaignOptions): Promise<Campaign> {
    const { network = TCP, signal } = options;
    // Everything that waits listens to it, and there may be very many.
    setMaxListeners(0, signal);
    const { address, encoding, mosId, ncsId, revision, messageSize, listen = {} } = options.target;
    const observing = await Observing.open(options.target, options.observers);
    const identity = { mosId, ncsId, revision };
    const newsroom = await Newsroom.open({
      device: address,
      encoding,
      identity,
      messageSize,
      network,
      ports: listen,
    });
    return new Campaign(options, observing, newsroom);
  }

  /** What has a verdict so far, in the order in which the verdicts came. */
  get records(): readonly TestRecord[] {
    return this.#records;
  }

  /** What the tests of this campaign are lent. */
  context({ planned, turn, signal = this.signal }: Lent = {}): PlayContext {
    const { observing } = this;
    const { restart } = this.target;
    const order = planned ? this.#inOrder.indexOf(planned) : Infinity;
    return {
      target: this.target,
      habits: this.habits,
      hasHabit: (habit, port) => {
        const { maxConnections } = this.target;
        const habits = this.#closesIdle.knownTo(order, this.habits);
        return hasHabit(habit, port, { habits, maxConnections, called: this.newsroom.called });
      },
      neverReleases: (port) => this.#shown.neverReleases(port),
      besides: () => this.#leftovers.count + (this.#sequence?.heldBeside(turn) ?? 0),
      leave: (ended) => this.#leftovers.enter(ended),
      closesIdle: (port) => {
        this.#closesIdle.learn(port, order);
        const habits = this.habits[port];
        if (habits) habits.closesIdle = true;
      },
      messageIds: this.#messageIds,
      watch: (history, key) => {
        this.#chronicle?.follow(history, key);
        return observing.watch(history);
      },
      distrust: (reason) => observing.distrust(reason),
      get seesOrphans() {
        return observing.seesOrphans;
      },
      seesDevice: observing.seesDevice,
      get descriptors() {
        return observing.descriptors;
      },
      lookup: observing.lookup,
      deviceEnd: (tuple) => observing.deviceEnd(tuple),
      ownEnd: (tuple) => observing.ownEnd(tuple),
      listening: (port) => observing.listening(port),
      canVanish: this.#whyNotVanish === undefined,
      whyNotVanish: this.#whyNotVanish ?? '',
      network: this.#network,
      newsroom: this.newsroom,
      isMute: this.mute !== undefined,
      lateWatched: this.#lateWatched,
      tier: this.#tier,
      ...(restart !== undefined && {
        revive: async () => (await this.#restart(restart)) === undefined,
      }),
      signal,
      turn,
      seed: this.seed,
    };
  }

  /** The opening sanity test; fills the habits. When no port answers, nothing else will run. */
  async begin(): Promise<TestRecord> {
    const sanity = await this.#stopOnCrash(openingSanity(this.context()));
    Object.assign(this.habits, sanity.habits);
    this.machine = sanity.machine;
    this.#descriptorsBefore = this.observing.descriptors?.unlisted();
    this.stopped = sanity.stop;
    this.mute = sanity.mute;
    this.#onBegun?.(this.habits);
    if (isSlowDevice(this.habits)) shorten(this.target);
    return this.#add(sanity.record);
  }

  /** The record of a test. The first that is asked for begins all that were planned; any other is played now. */
  async run(planned: PlannedTest): Promise<TestRecord> {
    try {
      this.#sequence ??= this.#start();
      return (await this.#sequence.record(planned)) ?? this.#add(await this.#playAlone(planned));
    } catch (error) {
      return this.#add(this.#crashed(planned, error));
    }
  }

  #start(): Sequence {
    const jobs = jobsFor(this.#jobs, this.target, this.habits);
    return new Sequence(this.#inOrder, this.#stage, { jobs, signal: this.signal });
  }

  #crashed(planned: PlannedTest, error: unknown): TestRecord {
    return crashed(planned, `the harness failed: ${sentence(error)}`, this.seed);
  }

  /** What the sequence needs of this campaign. */
  get #stage(): Stage {
    return {
      whyNot: (planned) => this.#whyNot(planned),
      play: (planned, turn, signal) => this.#play(planned, this.context({ planned, turn, signal })),
      serves: (planned) => servesAfter(planned, this.context({ planned })),
      refuses: (planned) => refuses(planned, this.habits),
      conclude: (planned, outcome) => this.#conclude(planned, outcome),
      playAlone: (planned) => this.#playAlone(planned),
      unrepeated: (record) => this.#unrepeated(record),
      enter: (record) => void this.#add(record),
      observe: ({ result }) => this.#shown.learn(result),
      neverReleases: ({ port }) => this.#shown.neverReleases(port),
      isRoomy: (held) => held + this.#leftovers.count <= fewOf(this.target),
      hasRoom: (held) => {
        const { given, maxConnections } = this.target;
        if (!given.has('connections')) return held < maxConnections;
        return held + this.#leftovers.count < maxConnections / 2;
      },
    };
  }

  #unrepeated(record: TestRecord): TestRecord | undefined {
    const { aborted, reason } = this.signal;
    if (aborted) {
      const { verdict, reason: found } = record.result;
      if (verdict !== 'fail') return record;
      return spoiled(record, `${String(reason)} before this test was repeated by itself (${found})`);
    }
    if (this.#lost === undefined) return undefined;
    return spoiled(record, `the device was lost in ${this.#lost} while this test waited`);
  }

  #whyNot(planned: PlannedTest): TestRecord | undefined {
    const why = whyNotPlayed(planned, this.#soFar);
    return why && unplayed(planned, why.applicability, why.reason, this.seed);
  }

  /** Plays one test by itself until its verdict stands, or says why not. */
  async #playAlone(planned: PlannedTest): Promise<TestRecord> {
    return (
      this.#whyNot(planned) ?? this.#conclude(planned, await this.#play(planned, this.context({ planned })))
    );
  }

  /** Plays a test once; what goes wrong with us is its outcome. */
  async #play(planned: PlannedTest, context: PlayContext): Promise<TestOutcome> {
    try {
      return await runTest(planned, context);
    } catch (error) {
      return { record: this.#crashed(planned, error) };
    }
  }

  /** Plays a test again, with the same seed and choices, where its failure may have been chance; brings a lost device back. */
  async #conclude(planned: PlannedTest, outcome: TestOutcome): Promise<TestRecord> {
    const play = (): Promise<TestOutcome> => this.#play(planned, this.context({ planned }));
    const { restart: command } = this.target;
    const restart = command === undefined ? undefined : () => this.#restart(command);
    const { record, lost } = refuses(planned, this.habits)
      ? outcome
      : await this.#confirmation.confirm(outcome, { play, restart, signal: this.signal });
    if (outcome.lost !== undefined)
      this.#losses.push({ fromUs: outcome.record.result.startedUs, toUs: nowUs() });
    if (lost !== undefined) await this.#recover(`${keyOf(planned)}: ${lost}`);
    return record;
  }

  /** The sanity test of what was closed: every connection, whatever test it belonged to, is released. */
  async judgeLeft(): Promise<TestRecord> {
    const accused = new Set(
      this.#records.flatMap(({ result }) => (result.assertions.some(isUnreleased) ? [result.key] : [])),
    );
    const record = await leftSanity(this.context(), {
      leftovers: this.#leftovers,
      keeps: (port) => this.#shown.keeps(port),
      accused: (test) => accused.has(test),
      duringLoss: (us) => this.#losses.some(({ fromUs, toUs }) => us >= fromUs && us <= toUs),
      stopped: this.stopped,
      descriptorsBefore: this.#descriptorsBefore,
      areDescriptorsAccused: this.#records.some(({ result }) => result.assertions.some(isOfDescriptors)),
    });
    return this.#add(record);
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

  /** What is known by now, beside the records. */
  get learnt(): Learnt {
    const { habits, machine, observing, target } = this;
    const stopped = this.stopped ?? this.mute;
    return {
      kind: 'learnt',
      habits,
      ...(machine && { machine }),
      processes: observing.processes(),
      observers: observing.results(),
      churnTime: target.times.churnTime,
      gridTime: target.times.gridTime,
      ...(stopped !== undefined && { stopped }),
    };
  }

  /** Gives the observers back, and ends what the device has dialled. */
  dispose(): void {
    this.#leftovers.stop();
    this.newsroom.close();
    this.observing.close();
  }

  get #soFar(): CampaignSoFar {
    const { target, signal, habits, stopped, mute } = this;
    return { target, signal, habits, records: this.#records, stopped, mute, lost: this.#lost };
  }

  #add(record: TestRecord): TestRecord {
    this.#records.push(record);
    this.#shown.learn(record.result);
    this.#chronicle?.enter(record, this.learnt);
    return record;
  }

  async #recover(lost: string): Promise<void> {
    const problem = this.target.restart === undefined ? '' : await this.#restart(this.target.restart);
    if (problem !== undefined) this.#lost = [lost, problem].filter((one) => one !== '').join('; ');
  }

  #restart(command: string): Promise<string | undefined> {
    const { signal, target } = this;
    const whyNot = async (): Promise<string | undefined> => {
      const { stop, mute } = await openingSanity(this.context());
      return stop ?? mute;
    };
    return restartDevice({ command, recoveryMs: target.times.recoveryTime, whyNot, signal });
  }
}

function isUnreleased({ outcome, about, symptom }: AssertionResult): boolean {
  return outcome === 'fail' && (about === 'release' || symptom?.code === 'never-closed');
}

/** Whether a test has failed because the device kept descriptors. */
function isOfDescriptors({ outcome, symptom }: AssertionResult): boolean {
  return outcome === 'fail' && symptom?.code === 'descriptors-kept';
}
