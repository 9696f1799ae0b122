import type { PortName, Tuple, Vantage } from '../history/facts.ts';
import { PORT_NAMES } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { sentence } from '../observe/blind.ts';
import { openObserver, type Chosen } from '../observe/choose.ts';
import { listenerOwner, socketDescriptors, type ListenerOwner } from '../observe/descriptors.ts';
import { queryFor, type SocketObserver } from '../observe/observer.ts';
import { absenceProves, readHostCounters, type HostCounters } from '../observe/counters.ts';
import { LagMonitor } from '../observe/lag.ts';
import { openPair, type Pair } from '../observe/own-pair.ts';
import { Watcher } from '../observe/watcher.ts';
import type { ObserverResult } from '../results/results.ts';
import type { DescriptorCount, SocketLookup, SocketWatch } from '../scenario/context.ts';
import type { Target } from '../target/target.ts';
import { CLEAR_SIGHT, type Sight } from '../verdict/sight.ts';

/** Everything a campaign sees with, and an account of how well it saw. */
export class Observing {
  readonly #observer: SocketObserver | undefined;
  readonly #target: Target;
  readonly #seen = new Set<Vantage>();
  readonly #stats = { samples: 0, largestGapUs: 0 };
  #blind: string | undefined;
  #trusted = true;
  readonly #counters: () => HostCounters | undefined;
  /** A connection of our own that lives as long as the campaign: who does not see it, sees nothing. */
  readonly #canary: Pair | undefined;
  readonly #shared: boolean;
  #owners: ReadonlyMap<PortName, ListenerOwner> | undefined;
  /** Why better means were not used. */
  readonly reasons: readonly string[];

  private constructor(target: Target, chosen: Chosen, how: { shared: boolean; canary: Pair | undefined }) {
    this.#target = target;
    this.#observer = chosen.observer;
    this.#counters = chosen.counters ?? readHostCounters;
    this.#canary = how.canary;
    this.#shared = how.shared;
    this.reasons = chosen.tried.map(({ means, reason }) => `${means}: ${reason}`);
  }

  /**
   * Chooses the best means that proves itself on this machine.
   * @param chosen a choice that was made before and is shared with other campaigns, which therefore stays open
   */
  static async open(target: Target, chosen?: Chosen): Promise<Observing> {
    const choice = chosen ?? (await openObserver());
    const canary = choice.observer && (await openPair().catch(() => undefined));
    return new Observing(target, choice, { shared: chosen !== undefined, canary });
  }

  /** From now on this observer is no witness; only our own descriptors speak. */
  distrust(reason: string): void {
    this.#blind ??= reason;
    this.#trusted = false;
  }

  /** The process behind each listener, where it is on this host and visible; looked up once. */
  get owners(): ReadonlyMap<PortName, ListenerOwner> {
    this.#owners ??= new Map(
      PORT_NAMES.flatMap((name) => {
        const port = this.#target.ports[name];
        const owner = port === undefined ? undefined : listenerOwner(port, this.#target.address);
        return owner ? [[name, owner] as const] : [];
      }),
    );
    return this.#owners;
  }

  /** Whether our own end can be seen after its descriptor is given up. */
  get seesOrphans(): boolean {
    return this.#observer !== undefined && this.#blind === undefined;
  }

  /** Whether the device's end of any connection was seen. */
  get seesDevice(): boolean {
    return this.#seen.has('device');
  }

  /** Starts watching for one test; without an observer only the descriptors speak. */
  watch(history: History): SocketWatch {
    const lag = new LagMonitor();
    if (!this.#observer || !this.#trusted) {
      const sight = (): Sight => ({ ...CLEAR_SIGHT, lagUs: lag.largestUs });
      return { watch: () => {}, look: () => {}, sight, stop: () => lag.stop() };
    }
    const before = this.#counters();
    const watcher = new Watcher({ history, observer: this.#observer });
    const ofTarget = new Set<string>();
    const stopListening = history.subscribe((fact) => {
      if (fact.kind !== 'state' || fact.evidence !== 'observed') return;
      if (fact.connection !== undefined && ofTarget.has(fact.connection)) this.#seen.add(fact.vantage);
    });
    return {
      watch: (connection: string, tuple: Tuple) => {
        if (Object.values(this.#target.ports).includes(tuple.remote.port)) ofTarget.add(connection);
        watcher.watch(connection, tuple);
      },
      look: () => watcher.sampleNow(),
      sight: () => ({
        blind: watcher.stats.blind,
        lagUs: lag.largestUs,
        absence: this.#whyNotAbsent(before),
      }),
      stop: () => {
        lag.stop();
        watcher.stop();
        stopListening();
        this.#stats.samples += watcher.stats.samples;
        this.#stats.largestGapUs = Math.max(this.#stats.largestGapUs, watcher.stats.largestGapUs);
        this.#blind ??= watcher.stats.blind;
      },
    };
  }

  /** Why a socket that this observer does not find may be there all the same, or may have gone before its time. */
  #whyNotAbsent(before: HostCounters | undefined): string | undefined {
    const proves = absenceProves(before, this.#counters());
    if (proves !== true) return proves;
    if (!this.#observer || !this.#canary) return undefined;
    try {
      const readings = this.#observer.lookup([queryFor(this.#canary.tuple, 'ncs')]);
      // A means that answers later was proven before the first test; it cannot be asked in the middle of a verdict.
      if (readings instanceof Promise || readings[0]) return undefined;
      return `${this.#observer.means} does not see a connection of our own that is alive`;
    } catch (error) {
      return sentence(error);
    }
  }

  /** Whether something listens on a port of the device's host; absent where its ends were never seen. */
  async listening(port: number): Promise<boolean | undefined> {
    if (!this.#observer || !this.seesDevice) return undefined;
    const listeners = await this.#observer.listeners([port]);
    return listeners.some((one) => one.endpoint.port === port);
  }

  /** Bytes that wait at the device's end of a connection; absent where no look at it is quick enough to be waited for. */
  unread(tuple: Tuple): number | undefined {
    if (!this.#observer || !this.seesDevice) return undefined;
    const readings = this.#observer.lookup([queryFor(tuple, 'device')]);
    return readings instanceof Promise ? undefined : readings[0]?.receiveQueue;
  }

  /** Looks at single sockets by the means of this campaign, as long as it sees. */
  get lookup(): SocketLookup | undefined {
    return this.seesOrphans ? this.#observer : undefined;
  }

  /** Counts the device's descriptors, where its process is visible. */
  get descriptors(): DescriptorCount | undefined {
    const pids = [...new Set([...this.owners.values()].flatMap((owner) => [owner.pid, ...owner.children]))];
    if (pids.length === 0) return undefined;
    return { unlisted: () => socketDescriptors(pids)?.unlisted };
  }

  /** The account of every means for the certificate. */
  results(): ObserverResult[] {
    const descriptor: ObserverResult = {
      means: 'descriptor',
      vantages: ['ncs'],
      samples: 0,
      largestGapMs: 0,
    };
    if (!this.#observer) return [{ ...descriptor, note: this.reasons.join('; ') }];
    const note = this.#blind ?? (this.reasons.length > 0 ? this.reasons.join('; ') : undefined);
    const kernel: ObserverResult = {
      means: this.#observer.means,
      vantages: this.seesDevice ? ['ncs', 'device'] : ['ncs'],
      samples: this.#stats.samples,
      largestGapMs: Math.round(this.#stats.largestGapUs / 100) / 10,
      ...(note !== undefined && { note }),
    };
    return [descriptor, kernel];
  }

  /** What the certificate says of the processes behind the ports. */
  processes(): Partial<Record<PortName, string>> {
    return Object.fromEntries(
      [...this.owners].map(([name, owner]) => [name, `${owner.command} (pid ${owner.pid})`]),
    );
  }

  close(): void {
    this.#canary?.destroy();
    if (!this.#shared) this.#observer?.close();
  }
}
