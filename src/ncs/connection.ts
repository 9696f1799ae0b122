import { nowUs } from '../history/clock.ts';
import type { Endpoint, PortName, Tuple } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { descriptorOf } from '../native/descriptor.ts';
import { MESSAGE_SIZE } from '../wire/framer.ts';
import type { DecodedMessage, Encoding } from '../wire/types.ts';
import type { ConnectFailure } from './failure.ts';
import { Holdings } from './holdings.ts';
import { Intake } from './intake.ts';
import { Journal } from './journal.ts';
import type { Network, Stream } from './network.ts';
import { followOpening } from './opening.ts';
import { setCork } from './options.ts';
import { RequestLedger, type Heartbeats, type Received, type Request } from './requests.ts';
import { tupleOf } from './socket.ts';
import { TCP } from './tcp.ts';

/** How a connection is opened. */
export interface DialOptions {
  name: string;
  history: History;
  remote: Endpoint;
  /** The network that leads there; that of this machine where absent. */
  network?: Network;
  portName?: PortName;
  localPort?: number;
  localAddress?: string;
  /** ms until the attempt counts as unanswered. */
  timeoutMs: number;
  /** What the device is expected to write in. */
  encoding: Encoding;
  /** Bytes of the largest message that is accepted; 64 MiB unless told. */
  messageSize?: number;
  /** What is known of the device's heartbeats. */
  heartbeats?: Heartbeats;
  /** Called in the tick in which the connection is up, before anything can be sent on it. */
  onOpened?: (connection: Connection) => void;
}

/**
 * One TCP connection of a test. It records what it does and what its descriptor reports, and keeps the three
 * ways of ending apart:
 *
 *     half-close   FIN, descriptor kept: FIN_WAIT_1, FIN_WAIT_2 for as long as the device keeps its end
 *     close        FIN, descriptor given up: the same states as an orphan of the kernel
 *     abort        RST: no state at all
 */
export class Connection {
  readonly name: string;
  readonly direction: 'to device' | 'from device';
  readonly portName: PortName | undefined;
  readonly ledger: RequestLedger;
  readonly received: Received[] = [];
  /** Set once the connection is up. */
  tuple: Tuple | undefined;
  /** Told of every message that comes. */
  onReceived: ((received: Received) => void) | undefined;
  /** Set if it never came up. */
  failure: ConnectFailure | undefined;
  readonly #history: History;
  readonly #journal: Journal;
  readonly #socket: Stream;
  readonly #intake: Intake;
  /** Told where the connection ends before the kernel has taken what was written. */
  readonly #sending = new Set<() => void>();
  #ended = false;
  /** Whether a test, or a large message that is being read, keeps more from being read. */
  #isPaused = false;
  #isBusy = false;

  private constructor(
    socket: Stream,
    options: Pick<DialOptions, 'name' | 'history' | 'portName' | 'encoding' | 'messageSize' | 'heartbeats'>,
    direction: 'to device' | 'from device',
  ) {
    this.name = options.name;
    this.ledger = new RequestLedger(options.heartbeats);
    this.#history = options.history;
    this.#journal = new Journal(options.name, options.history);
    this.portName = options.portName;
    this.direction = direction;
    this.#socket = socket;
    this.#intake = new Intake({
      expect: options.encoding,
      messageSize: options.messageSize ?? MESSAGE_SIZE,
      holdings: Holdings.of(options.history),
      deliver: (message) => this.#deliver(message),
      onBusy: (busy) => {
        this.#isBusy = busy;
        this.#flow();
      },
    });
    this.#listen();
  }

  /** Dials the device. The promise never rejects: a connection that did not come up says why in `failure`. */
  static dial(options: DialOptions): Promise<Connection> {
    const { remote, network = TCP } = options;
    const where = `${remote.address}:${remote.port}`;
    new Journal(options.name, options.history).act('connect', where);
    const connection = new Connection(network.connect(remote, options), options, 'to device');
    return connection.#opening(where, options);
  }

  /** Takes over a connection that the device dialled. */
  static accepted(
    socket: Stream,
    options: Pick<DialOptions, 'name' | 'history' | 'portName' | 'encoding' | 'messageSize' | 'onOpened'>,
  ): Connection {
    const connection = new Connection(socket, options, 'from device');
    connection.#up('accepted', options.onOpened);
    return connection;
  }

  /** Whether bytes can still be handed to the descriptor. */
  get writable(): boolean {
    return !this.#ended && this.#socket.writable && !this.#socket.connecting;
  }

  /** Whether the descriptor is still ours. */
  get alive(): boolean {
    return !this.#socket.destroyed;
  }

  /** Bytes that came and belong to no complete message yet. */
  get pendingBytes(): number {
    return this.#intake.pendingBytes;
  }

  /** Bytes handed to the descriptor that the kernel has not taken yet. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  /** The number of our descriptor, absent before the connect and after the close. */
  get descriptor(): number | undefined {
    return descriptorOf(this.#socket);
  }

  /**
   * Sends bytes; resolves when the kernel has them, or with the reason why it could not take them.
   * @param fin ends our side in the segment of the last byte: half-close or close. Without TCP_CORK the FIN
   * follows separately, and a note says so.
   */
  async send(bytes: Buffer, fin?: 'half-close' | 'close'): Promise<string | undefined> {
    if (!this.writable) return 'the connection is no longer open for sending';
    const corked = fin !== undefined && this.descriptor !== undefined && setCork(this.descriptor, true);
    if (fin && !corked) {
      this.#journal.note('the FIN followed the data in a segment of its own: this system offers no TCP_CORK');
    }
    const written = this.#write(bytes);
    if (fin === 'half-close') this.halfClose();
    const problem = await written;
    if (problem === undefined && fin === 'close') this.#destroy();
    return problem;
  }

  /** Enters a request whose answer is to be recognised. */
  expectAnswer(request: Request): void {
    this.ledger.add(request);
  }

  /**
   * Sends FIN and keeps the descriptor, so that no timer of our kernel ends the state it leads to. Resolves when the
   * FIN is queued behind what was sent before.
   */
  halfClose(): Promise<void> {
    if (this.#ended || this.#socket.destroyed) return Promise.resolve();
    this.#ended = true;
    this.#journal.act('half-close');
    return new Promise((resolve) => this.#socket.end(() => resolve()));
  }

  /** Sends what is queued, then FIN, and gives the descriptor up. Waits at most `drainMs` for the queue. */
  async close(drainMs = 1_000): Promise<void> {
    if (this.#socket.destroyed) return;
    if (this.#socket.writableLength > 0 && this.writable) {
      const deadline = nowUs() + drainMs * 1_000;
      await this.#history.until(() => this.#socket.writableLength === 0 || this.#socket.destroyed, deadline);
    }
    this.#destroy();
  }

  /** Sends RST. */
  abort(): void {
    if (this.#socket.destroyed) return;
    this.#ended = true;
    this.#journal.act('abort');
    this.#socket.resetAndDestroy();
  }

  /** Gives the descriptor up after the kernel was told to forget the connection (`vanish`). */
  discard(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  /** Takes what has begun and not ended for a message that breaks off; what comes afterwards is another one. */
  takeUnfinished(): void {
    this.#intake.end();
  }

  /** Whether we leave unread what comes. */
  get isReadingPaused(): boolean {
    return this.#isPaused;
  }

  pauseReading(): void {
    this.#journal.act('pause-reading');
    this.#isPaused = true;
    this.#flow();
  }

  resumeReading(): void {
    this.#journal.act('resume-reading');
    this.#isPaused = false;
    this.#flow();
  }

  #flow(): void {
    if (this.#isPaused || this.#isBusy) this.#socket.pause();
    else this.#socket.resume();
  }

  #write(bytes: Buffer): Promise<string | undefined> {
    return new Promise((resolve) => {
      const gone = (): void => resolve('the connection ended before everything was sent');
      this.#sending.add(gone);
      this.#socket.write(bytes, (error) => {
        this.#sending.delete(gone);
        if (error) return resolve((error as NodeJS.ErrnoException).code ?? error.message);
        this.#journal.bytes('sent', bytes.length);
        resolve(undefined);
      });
    });
  }

  #destroy(): void {
    if (this.#socket.destroyed) return;
    this.#journal.act('close', this.#ended ? 'after the half-close' : undefined);
    this.#ended = true;
    this.#socket.destroy();
  }

  #opening(where: string, { timeoutMs, onOpened }: DialOptions): Promise<Connection> {
    return new Promise((resolve) => {
      followOpening(this.#socket, {
        where,
        timeoutMs,
        up: () => {
          this.#up('connected', onOpened);
          resolve(this);
        },
        failed: (failure, event) => {
          if (this.tuple) return;
          if (event) this.#journal.event(event, { code: failure.code });
          this.failure ??= failure;
          this.#socket.destroy();
          resolve(this);
        },
      });
    });
  }

  #up(event: 'connected' | 'accepted', onOpened?: (connection: Connection) => void): void {
    this.tuple = tupleOf(this.#socket);
    if (!this.tuple) return;
    this.#journal.up(event, this.tuple);
    onOpened?.(this);
  }

  #listen(): void {
    this.#socket.on('data', (chunk: Buffer) => {
      this.#intake.push(chunk, () => this.#journal.bytes('received', chunk.length));
    });
    this.#socket.on('end', () => {
      this.#intake.end();
      this.#journal.event('fin');
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#journal.failed(error.code ?? 'EIO'));
    this.#socket.on('close', () => {
      for (const gone of this.#sending) gone();
      this.#journal.event('closed');
    });
  }

  #deliver(message: DecodedMessage): void {
    const received: Received = { message, us: nowUs() };
    this.ledger.settle(received);
    this.received.push(received);
    this.#journal.received(received);
    this.onReceived?.(received);
  }
}
