import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { MAX_MESSAGE_ID } from '../wire/message-id.ts';
import { type Behaviour, nest } from './behaviour.ts';
import { Connection } from './connection.ts';
import { FAULTS } from './faults/index.ts';
import { HABITS } from './habits/index.ts';
import type { Host } from './host.ts';
import { Lane } from './lane.ts';
import type { Listening, Network } from './network.ts';
import { DeviceError, type DeviceOptions, type DeviceStatistics, type RunningDevice } from './options.ts';
import { Serving } from './serving.ts';
import { correctSettings, type Settings } from './settings.ts';
import { switchedOn } from './switches.ts';
import type { Transport } from './transport.ts';

/** Longest delay that a timer of Node can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * One device: its connections, lanes and timers; nothing is shared between devices. It knows no socket: the network
 * hands it transports, and each of them tells it what came.
 *
 *     network --opened--> Device --adopts--> Connection --> Serving: messages, answers, the own close
 *     Transport --received, finished, reset, gone--> Device
 *     Transport <--write, finish, drop, reset, pause-- Connection
 */
export class Device implements Host {
  readonly settings: Settings;
  readonly behaviours: readonly Behaviour[];
  readonly counted = { accepted: 0, messages: 0, resets: 0 };
  readonly #options: DeviceOptions;
  readonly #network: Network;
  readonly #listening = new Map<PortName, Listening>();
  readonly #lanes = new Map<PortName, Lane>();
  readonly #open = new Set<Connection>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onStop: (() => void)[] = [];
  #messageID = Math.floor(Date.now() / 1000) % MAX_MESSAGE_ID;
  #exited = false;
  #stopped = false;
  #whenEmpty: () => void = () => {};

  /** @throws DeviceError where a fault is about sockets and the network has none */
  constructor(options: DeviceOptions, network: Network) {
    this.#options = options;
    this.#network = network;
    const ncsIds = typeof options.ncsId === 'string' ? [options.ncsId] : (options.ncsId ?? []);
    this.settings = correctSettings(
      options.mosId ?? 'reference.device.mos',
      ncsIds.length > 0 ? ncsIds : ['conformance.ncs', 'conformance.standby.ncs'],
    );
    const switched = [
      ...switchedOn('habit', HABITS, options.habits ?? []),
      ...switchedOn('fault', FAULTS, options.faults ?? []),
    ];
    const unfit = switched.find(({ variation }) => variation.needsSockets && !network.hasSockets);
    if (unfit) throw new DeviceError(`"${unfit.name}" needs a socket, and this network has none`);
    this.behaviours = switched.map(({ variation, value }) => variation.behave(this, value));
  }

  /** Listens and, where a newsroom is configured, dials it. */
  async start(): Promise<RunningDevice> {
    const host = this.#options.host ?? '127.0.0.1';
    try {
      for (const port of PORT_NAMES) {
        if (!this.settings.ports.has(port)) continue;
        const listening = await this.#network.listen(port, this.#options.ports?.[port], host, (transport) =>
          this.opened(port, transport),
        );
        this.#listening.set(port, listening);
      }
    } catch (error) {
      await this.stop();
      throw error;
    }
    const bound = [...this.#listening];
    for (const [port] of bound) for (const behaviour of this.behaviours) behaviour.listening?.(port);
    this.#dial();
    return {
      ports: Object.fromEntries(bound.map(([name, { port }]) => [name, port])),
      address: bound[0]?.[1].address ?? host,
      mosId: this.settings.mosId,
      ncsId: this.settings.ncsIds[0] ?? '',
      stop: () => this.stop(),
      statistics: () => this.#statistics(),
    };
  }

  connections(port?: PortName): readonly Connection[] {
    return [...this.#open].filter((each) => !each.dialled && (port === undefined || each.port === port));
  }

  after(milliseconds: number, action: () => void): () => void {
    if (this.#stopped) return () => {};
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        action();
      },
      Math.min(milliseconds, LONGEST_TIMER),
    );
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  onStop(action: () => void): void {
    this.#onStop.push(action);
  }

  stopListening(port: PortName): void {
    void this.#listening.get(port)?.stop();
  }

  exit(): void {
    if (this.#exited || this.#stopped) return;
    this.#exited = true;
    if (this.#options.exit) this.#options.exit();
    else void this.stop();
  }

  /**
   * The next messageID of the device's own requests. It starts from the clock, so that it goes on growing after a
   * restart without being stored (MOS 2.8.5 section 4.1.6), and wraps to 1.
   */
  nextMessageID(): number {
    const { ownMessageID } = this.settings;
    if (ownMessageID !== undefined) return ownMessageID;
    this.#messageID = this.#messageID >= MAX_MESSAGE_ID ? 1 : this.#messageID + 1;
    return this.#messageID;
  }

  lane(port: PortName): Lane | undefined {
    return this.#lanes.get(port);
  }

  adopt(connection: Connection): Serving {
    const serving = new Serving(this, connection);
    this.#open.add(connection);
    connection.transport.attach({
      received: (bytes) => serving.received(bytes),
      finished: () => serving.finished(),
      reset: () => {
        connection.over = true;
        this.counted.resets++;
        for (const behaviour of this.behaviours) behaviour.reset?.(connection);
      },
      gone: () => {
        connection.closed = true;
        this.#open.delete(connection);
        for (const behaviour of this.behaviours) behaviour.closed?.(connection);
        if (this.#open.size === 0) this.#whenEmpty();
      },
    });
    return serving;
  }

  /** A newsroom has opened a connection on a port. */
  opened(port: PortName, transport: Transport): void {
    this.counted.accepted++;
    const connection = new Connection(port, transport, false);
    const serving = this.adopt(connection);
    if (this.#open.size > this.settings.connectionLimit || this.#stopped) {
      connection.drop();
      return;
    }
    nest(
      this.behaviours,
      (behaviour, next) => (behaviour.admit ? behaviour.admit(connection, next) : next()),
      () => serving.start(),
    );
  }

  /** Ends everything; a second call waits for nothing new. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const lane of this.#lanes.values()) lane.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const closing = [...this.#listening.values()].map((listening) => listening.stop());
    if (this.#open.size > 0) closing.push(new Promise((resolve) => (this.#whenEmpty = resolve)));
    for (const connection of this.#open) connection.drop();
    for (const action of this.#onStop.splice(0)) action();
    await Promise.all(closing);
  }

  #dial(): void {
    const { ncs } = this.#options;
    if (!ncs) return;
    for (const port of ['lower', 'upper'] as const) {
      const number = ncs[port];
      if (number === undefined) continue;
      const lane = new Lane(this, this.#network, port, { ...ncs, port: number });
      this.#lanes.set(port, lane);
      lane.start();
    }
  }

  #statistics(): DeviceStatistics {
    const incomplete = [...this.#open].filter((connection) => connection.incomplete).length;
    return { ...this.counted, open: this.#open.size, incomplete, exited: this.#exited };
  }
}
