import { VANTAGES, type Tuple, type Vantage } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { Holdings } from '../ncs/holdings.ts';
import { Inferrer } from '../observe/inferrer.ts';
import { LagMonitor } from '../observe/lag.ts';
import type { SocketObserver } from '../observe/observer.ts';
import { Watcher, type WatcherStats } from '../observe/watcher.ts';
import type { SocketWatch } from '../scenario/context.ts';
import type { Sight } from '../judge/sight.ts';
import type { VantageAccount } from './vantage-account.ts';

/** What one test is watched with. */
export interface TestWatchOptions {
  history: History;
  /** Who sees each vantage; told what was seen, and at the end how well. */
  accounts: Readonly<Record<Vantage, VantageAccount>>;
  /** Whether our end says something about the device's: not so behind a proxy. */
  infers: boolean;
  /** Why the absence of a socket of ours proves nothing, if so. */
  whyNotAbsent: () => string | undefined;
}

/**
 * Watches the connections of one test, each end through the observer of its vantage, and infers the device's end
 * where nobody sees it.
 */
export class TestWatch implements SocketWatch {
  readonly #options: TestWatchOptions;
  readonly #watchers: Partial<Record<Vantage, Watcher>> = {};
  readonly #inferrer: Inferrer | undefined;
  readonly #lag = new LagMonitor();
  readonly #ofDevice = new Set<string>();
  readonly #unsubscribe: () => void;

  constructor(options: TestWatchOptions) {
    this.#options = options;
    const { history, accounts } = options;
    const watchers = new Map<SocketObserver, Watcher>();
    for (const vantage of VANTAGES) {
      const { witness: observer } = accounts[vantage];
      if (!observer) continue;
      // One observer shows both ends in one look, at the same moment.
      const watcher = watchers.get(observer) ?? new Watcher({ history, observer });
      watchers.set(observer, watcher);
      this.#watchers[vantage] = watcher;
    }
    const sight = {
      look: () => this.#watchers.ncs?.sampleNow(),
      lookedUs: (connection: string) => this.#watchers.ncs?.lookedUs(connection, 'ncs'),
    };
    this.#inferrer = options.infers ? new Inferrer({ history, sight }) : undefined;
    this.#unsubscribe = history.subscribe((fact) => {
      if (fact.kind !== 'state' || fact.evidence !== 'observed' || fact.connection === undefined) return;
      if (this.#ofDevice.has(fact.connection)) accounts[fact.vantage].seen = true;
    });
  }

  watch(connection: string, tuple: Tuple, peer: 'device' | 'own' = 'device'): void {
    const { ncs, device } = this.#watchers;
    // Both ends of a connection with a peer of our own are here, wherever the device is.
    if (peer === 'own') return ncs?.watch(connection, tuple);
    this.#ofDevice.add(connection);
    this.#options.accounts.device.watched = true;
    this.#inferrer?.infer(connection);
    if (ncs === device) return ncs?.watch(connection, tuple);
    ncs?.watch(connection, tuple, ['ncs']);
    device?.watch(connection, tuple, ['device']);
  }

  look(): void | Promise<void> {
    const looks = this.#all().flatMap((watcher) => watcher.sampleNow() ?? []);
    return looks.length === 0 ? undefined : Promise.all(looks).then(() => undefined);
  }

  sight(): Sight {
    return {
      blind: Object.fromEntries(
        VANTAGES.flatMap((vantage) => {
          const { blind } = this.#stats(vantage) ?? {};
          return blind === undefined ? [] : [[vantage, blind]];
        }),
      ),
      lagUs: this.#lag.largestUs,
      whyNotAbsent: this.#options.whyNotAbsent,
    };
  }

  stop(): void {
    Holdings.of(this.#options.history).release();
    this.#lag.stop();
    this.#inferrer?.stop();
    for (const watcher of this.#all()) watcher.stop();
    this.#unsubscribe();
    for (const vantage of VANTAGES) {
      const stats = this.#stats(vantage);
      if (stats) this.#options.accounts[vantage].enter(stats);
    }
    this.#options.accounts.device.inferred += this.#inferrer?.states ?? 0;
  }

  #stats(vantage: Vantage): WatcherStats | undefined {
    return this.#watchers[vantage]?.stats(vantage);
  }

  #all(): Watcher[] {
    return [...new Set(Object.values(this.#watchers))];
  }
}
