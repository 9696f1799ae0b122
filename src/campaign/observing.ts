import { PORT_NAMES, type PortName, type Tuple, type Vantage } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { sentence } from '../observe/blind.ts';
import { atBothEnds, openObserver, type Observers } from '../observe/choose.ts';
import { absenceProves, readHostCounters, type HostCounters } from '../observe/counters.ts';
import { listenerOwner, socketDescriptors, type ListenerOwner } from '../observe/descriptors.ts';
import { helperHolding } from '../observe/holders.ts';
import { queryFor, type SocketReading } from '../observe/observer.ts';
import { openPair, type Pair } from '../observe/own-pair.ts';
import type { ObserverResult } from '../results/results.ts';
import { isOwnAddress } from '../scenario/canary.ts';
import type { DescriptorCount, DeviceEnd, OwnEnd, SocketLookup, SocketWatch } from '../scenario/context.ts';
import type { Target } from '../subject/target.ts';
import { TestWatch } from './test-watch.ts';
import { VantageAccount } from './vantage-account.ts';

/** So many connections of a port are looked up that turn out to be held by the device itself. */
const MOST_HELD = 3;

/** Everything a campaign sees with, vantage by vantage, and an account of how well it saw. */
export class Observing {
  readonly #observers: Observers;
  readonly #target: Target;
  readonly #ncs: VantageAccount;
  readonly #device: VantageAccount;
  readonly #counters: () => HostCounters | undefined;
  /** A connection of our own that lives as long as the campaign: who does not see it, sees nothing. */
  readonly #canary: Pair | undefined;
  readonly #shared: boolean;
  /** How often the device itself held a connection that it had not closed, by its port. */
  readonly #heldByDevice = new Map<number, number>();
  #owners: ReadonlyMap<PortName, ListenerOwner> | undefined;

  private constructor(
    target: Target,
    observers: Observers,
    how: { shared: boolean; canary: Pair | undefined },
  ) {
    this.#target = target;
    this.#observers = observers;
    this.#ncs = new VantageAccount('ncs', observers.ncs);
    this.#device = new VantageAccount('device', observers.device);
    this.#counters = observers.ncs.counters ?? readHostCounters;
    this.#canary = how.canary;
    this.#shared = how.shared;
  }

  /**
   * Chooses the best means that proves itself on this machine, for both vantages.
   * @param chosen a choice that was made before and is shared with other campaigns, which therefore stays open
   */
  static async open(target: Target, chosen?: Observers): Promise<Observing> {
    const observers = chosen ?? atBothEnds(await openObserver());
    const canary = observers.ncs.observer && (await openPair().catch(() => undefined));
    return new Observing(target, observers, { shared: chosen !== undefined, canary });
  }

  /** From now on the observer of our end is no witness, at whichever end; only our own descriptors speak. */
  distrust(reason: string): void {
    this.#ncs.distrust(reason);
    if (this.#sameKernel) this.#device.distrust(reason);
  }

  /** The process behind each listener, where it is on this host and visible; looked up once. */
  get owners(): ReadonlyMap<PortName, ListenerOwner> {
    if (!this.#deviceIsHere) return new Map();
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
    return this.#ncs.sighted !== undefined;
  }

  /** Whether the device's end of any connection was seen. */
  get seesDevice(): boolean {
    return this.#device.seen;
  }

  get #sameKernel(): boolean {
    return this.#observers.device.observer === this.#observers.ncs.observer;
  }

  /**
   * Whether the device is on this host: our kernel has shown its end of a connection. Before there was any to be
   * shown, the address must do; a listener with the port of a device elsewhere is somebody else's.
   */
  get #deviceIsHere(): boolean {
    if (!this.#device.watched) return isOwnAddress(this.#target.address);
    return this.seesDevice && this.#sameKernel;
  }

  /** Starts watching for one test; without an observer only the descriptors speak. */
  watch(history: History): SocketWatch {
    const before = this.#counters();
    const isWitness = this.#ncs.witness !== undefined;
    return new TestWatch({
      history,
      accounts: { ncs: this.#ncs, device: this.#device },
      infers: this.#target.path === 'direct',
      whyNotAbsent: () => (isWitness ? this.#whyNotAbsent(before) : undefined),
    });
  }

  /** Why a socket that our observer does not find may be there all the same, or may have gone before its time. */
  #whyNotAbsent(before: HostCounters | undefined): string | undefined {
    const proves = absenceProves(before, this.#counters());
    if (proves !== true) return proves;
    const { observer } = this.#observers.ncs;
    if (!observer || !this.#canary) return undefined;
    try {
      const readings = observer.lookup([queryFor(this.#canary.tuple, 'ncs')]);
      // A means that answers later was proven before the first test; it cannot be asked in the middle of a verdict.
      if (readings instanceof Promise || readings[0]) return undefined;
      return `${observer.means} does not see a connection of our own that is alive`;
    } catch (error) {
      return sentence(error);
    }
  }

  /** Whether something listens on a port of the device's host; absent where its ends were never seen. */
  async listening(port: number): Promise<boolean | undefined> {
    if (!this.seesDevice) return undefined;
    const listeners = await this.#observers.device.observer?.listeners([port]);
    return listeners?.some((one) => one.endpoint.port === port);
  }

  /** How the device's end of a connection stands; absent where no look at it is quick enough to be waited for. */
  deviceEnd(tuple: Tuple): DeviceEnd | undefined {
    const reading = this.seesDevice ? lookAt(this.#observers.device.observer, tuple, 'device') : undefined;
    return (
      reading && {
        unread: reading.receiveQueue,
        unsent: reading.sendQueue,
        isAccepted: reading.inode !== 0,
        heldBy: () => this.#heldBy(tuple, reading.inode),
      }
    );
  }

  /** A device that was seen to hold what it keeps is not looked through again and again: it may hold thousands. */
  #heldBy({ remote }: Tuple, inode: number): string | undefined {
    const held = this.#heldByDevice.get(remote.port) ?? 0;
    if (held >= MOST_HELD) return undefined;
    const helper = helperHolding(inode, [...this.owners.values()]);
    if (helper === undefined) this.#heldByDevice.set(remote.port, held + 1);
    return helper;
  }

  /** How our own end of a connection stands, likewise. */
  ownEnd(tuple: Tuple): OwnEnd | undefined {
    const reading = lookAt(this.lookup, tuple, 'ncs');
    return reading && { state: reading.state, unread: reading.receiveQueue };
  }

  /** Looks at single sockets of this host by the means of this campaign, as long as it sees. */
  get lookup(): SocketLookup | undefined {
    return this.#ncs.sighted;
  }

  /** Counts the device's descriptors, where its process is visible. */
  get descriptors(): DescriptorCount | undefined {
    const pids = [...new Set([...this.owners.values()].flatMap((owner) => [owner.pid, ...owner.children]))];
    if (pids.length === 0) return undefined;
    return { unlisted: () => socketDescriptors(pids)?.unlisted };
  }

  /** The account of every means at every vantage for the certificate. */
  results(): ObserverResult[] {
    const reasons = this.#observers.ncs.observer ? '' : this.#ncs.reasons.join('; ');
    const descriptor: ObserverResult = {
      means: 'descriptor',
      vantage: 'ncs',
      samples: 0,
      largestGapMs: 0,
      ...(reasons !== '' && { note: reasons }),
    };
    return [descriptor, ...this.#ncs.result(), ...this.#deviceResult(), ...this.#inferenceResult()];
  }

  #deviceResult(): ObserverResult[] {
    if (this.seesDevice) {
      const isNamed = !this.#sameKernel || this.owners.size > 0;
      return this.#device.result(
        isNamed ? undefined : 'whose process listens there is not visible: it may be a proxy or a tunnel',
      );
    }
    return this.#sameKernel ? [] : this.#device.result("it never saw the device's end of a connection");
  }

  #inferenceResult(): ObserverResult[] {
    const { watched, seen, inferred } = this.#device;
    if (this.#target.path !== 'direct' || !(inferred > 0 || (watched && !seen))) return [];
    const note = "for connections of which nothing sees the device's end; counted are the states that follow";
    return [{ means: 'inference', vantage: 'device', samples: inferred, largestGapMs: 0, note }];
  }

  /** What the certificate says of the processes behind the ports. */
  processes(): Partial<Record<PortName, string>> {
    return Object.fromEntries(
      [...this.owners].map(([name, owner]) => [name, `${owner.command} (pid ${owner.pid})`]),
    );
  }

  close(): void {
    this.#canary?.destroy();
    if (this.#shared) return;
    for (const observer of new Set([this.#observers.ncs.observer, this.#observers.device.observer]))
      observer?.close();
  }
}

function lookAt(
  observer: SocketLookup | undefined,
  tuple: Tuple,
  vantage: Vantage,
): SocketReading | undefined {
  const readings = observer?.lookup([queryFor(tuple, vantage)]);
  return readings instanceof Promise ? undefined : (readings?.[0] ?? undefined);
}
