import type { AddressInfo, Server, Socket } from 'node:net';
import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { MAX_MESSAGE_ID } from '../wire/message-id.ts';
import { type Behaviour, type DeviceView, nest } from './behaviour.ts';
import { Connection } from './connection.ts';
import { FAULTS } from './faults/index.ts';
import { HABITS } from './habits/index.ts';
import { Lane } from './lane.ts';
import { listen } from './listen.ts';
import type { DeviceOptions, DeviceStatistics, RunningDevice } from './options.ts';
import { Serving } from './serving.ts';
import { correctSettings, type Settings } from './settings.ts';
import { switchedOn } from './switches.ts';

/** Longest delay that a timer of Node can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** One device: its listeners, connections, lanes and timers. Nothing is shared between devices. */
export class Device implements DeviceView {
  readonly settings: Settings;
  readonly behaviours: readonly Behaviour[];
  readonly counted = { accepted: 0, messages: 0, resets: 0 };
  readonly #options: DeviceOptions;
  readonly #servers = new Map<PortName, Server>();
  readonly #lanes = new Map<PortName, Lane>();
  readonly #open = new Set<Connection>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onStop: (() => void)[] = [];
  #messageID = Math.floor(Date.now() / 1000) % MAX_MESSAGE_ID;
  #exited = false;
  #stopped = false;

  constructor(options: DeviceOptions) {
    this.#options = options;
    const ncsIds = typeof options.ncsId === 'string' ? [options.ncsId] : (options.ncsId ?? []);
    this.settings = correctSettings(
      options.mosId ?? 'reference.device.mos',
      ncsIds.length > 0 ? ncsIds : ['conformance.ncs', 'conformance.standby.ncs'],
    );
    this.behaviours = [
      ...switchedOn('habit', HABITS, options.habits ?? []),
      ...switchedOn('fault', FAULTS, options.faults ?? []),
    ].map(({ variation, value }) => variation.behave(this, value));
  }

  /** Listens and, where a newsroom is configured, dials it. */
  async start(): Promise<RunningDevice> {
    const host = this.#options.host ?? '127.0.0.1';
    try {
      for (const port of PORT_NAMES) {
        if (!this.settings.ports.has(port)) continue;
        const server = await listen(port, this.#options.ports?.[port], host, (socket) =>
          this.#accept(port, socket),
        );
        this.#servers.set(port, server);
      }
    } catch (error) {
      await this.stop();
      throw error;
    }
    const bound = [...this.#servers].map(
      ([port, server]) => [port, server.address() as AddressInfo] as const,
    );
    this.#dial();
    return {
      ports: Object.fromEntries(bound.map(([port, address]) => [port, address.port])),
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
    this.#servers.get(port)?.close();
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

  /** The device's own connection to the newsroom for one port, where it has one. */
  lane(port: PortName): Lane | undefined {
    return this.#lanes.get(port);
  }

  /** Takes charge of a connection, so that it is known, counted and closed with the device. */
  adopt(connection: Connection): void {
    const { socket } = connection;
    this.#open.add(connection);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') return;
      this.counted.resets++;
      for (const behaviour of this.behaviours) behaviour.reset?.(connection);
    });
    socket.on('close', () => {
      connection.closed = true;
      this.#open.delete(connection);
      for (const behaviour of this.behaviours) behaviour.closed?.(connection);
    });
  }

  /** Ends everything; a second call waits for nothing new. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const lane of this.#lanes.values()) lane.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const closing = [...this.#servers.values()].map(closed);
    for (const connection of this.#open) {
      closing.push(new Promise((resolve) => connection.socket.once('close', () => resolve())));
      connection.drop();
    }
    for (const action of this.#onStop.splice(0)) action();
    await Promise.all(closing);
  }

  #accept(port: PortName, socket: Socket): void {
    this.counted.accepted++;
    const connection = new Connection(port, socket, false);
    this.adopt(connection);
    if (this.#open.size > this.settings.connectionLimit || this.#stopped) {
      connection.drop();
      return;
    }
    const serving = new Serving(this, connection);
    nest(
      this.behaviours,
      (behaviour, next) => (behaviour.admit ? behaviour.admit(connection, next) : next()),
      () => serving.start(),
    );
  }

  #dial(): void {
    const { ncs } = this.#options;
    if (!ncs) return;
    for (const port of ['lower', 'upper'] as const) {
      const number = ncs[port];
      if (number === undefined) continue;
      const lane = new Lane(this, port, { ...ncs, port: number });
      this.#lanes.set(port, lane);
      lane.start();
    }
  }

  #statistics(): DeviceStatistics {
    const incomplete = [...this.#open].filter((connection) => connection.incomplete).length;
    return { ...this.counted, open: this.#open.size, incomplete, exited: this.#exited };
  }
}

/** Resolves when the server has no connection left and listens no more; also where it was closed before. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/**
 * Starts an embedded reference device: correct in everything, but for the faults and habits switched on.
 * @throws DeviceError where it cannot be had as asked: unknown fault, port taken, no such address
 */
export function createDevice(options: DeviceOptions = {}): Promise<RunningDevice> {
  return Promise.resolve().then(() => new Device(options).start());
}
