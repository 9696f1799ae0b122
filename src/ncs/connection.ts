import { connect as netConnect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { nowUs } from '../history/clock.ts';
import type { Endpoint, PortName, Tuple } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { decodeFrame } from '../wire/decode.ts';
import { Framer } from '../wire/framer.ts';
import type { Encoding, Frame } from '../wire/types.ts';
import { connectFailure, type ConnectFailure } from './failure.ts';
import { setCork } from './options.ts';
import { RequestLedger, type Received, type Request } from './requests.ts';

/** Most characters of one message kept in the history; results must not grow with a 1 MiB message. */
const TEXT_LIMIT = 4_000;

/** How a connection is opened. */
export interface DialOptions {
  name: string;
  history: History;
  remote: Endpoint;
  portName?: PortName;
  localPort?: number;
  localAddress?: string;
  /** ms until the attempt counts as unanswered. */
  timeoutMs: number;
  /** What the device is expected to write in. */
  encoding: Encoding;
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
  readonly ledger = new RequestLedger();
  readonly received: Received[] = [];
  /** Set once the connection is up. */
  tuple: Tuple | undefined;
  /** Told of every message that comes. */
  onReceived: ((received: Received) => void) | undefined;
  /** Set if it never came up. */
  failure: ConnectFailure | undefined;
  readonly #history: History;
  readonly #socket: Socket;
  readonly #framer: Framer;
  #ended = false;

  private constructor(
    socket: Socket,
    options: Pick<DialOptions, 'name' | 'history' | 'portName' | 'encoding'>,
    direction: 'to device' | 'from device',
  ) {
    this.name = options.name;
    this.#history = options.history;
    this.portName = options.portName;
    this.direction = direction;
    this.#socket = socket;
    this.#framer = new Framer({ expect: options.encoding });
    this.#listen();
  }

  /** Dials the device. The promise never rejects: a connection that did not come up says why in `failure`. */
  static dial(options: DialOptions): Promise<Connection> {
    const { history, remote } = options;
    const where = `${remote.address}:${remote.port}`;
    history.record({ kind: 'act', connection: options.name, act: 'connect', detail: where });
    const how: TcpNetConnectOpts = {
      host: remote.address,
      port: remote.port,
      family: remote.address.includes(':') ? 6 : 4,
      allowHalfOpen: true,
      noDelay: true,
      autoSelectFamily: false,
      ...(options.localPort !== undefined && { localPort: options.localPort }),
      ...(options.localAddress !== undefined && { localAddress: options.localAddress }),
    };
    const socket = netConnect(how);
    const connection = new Connection(socket, options, 'to device');
    return connection.#opening(where, options);
  }

  /** Takes over a connection that the device dialled. */
  static accepted(
    socket: Socket,
    options: Pick<DialOptions, 'name' | 'history' | 'portName' | 'encoding' | 'onOpened'>,
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
    return this.#framer.pendingBytes;
  }

  /** Bytes handed to the descriptor that the kernel has not taken yet. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  /** The number of our descriptor, absent before the connect and after the close. */
  get descriptor(): number | undefined {
    const handle = (this.#socket as unknown as { _handle?: { fd?: number } | null })._handle;
    return handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined;
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
      this.#note('the FIN followed the data in a segment of its own: this system offers no TCP_CORK');
    }
    const written = this.#write(bytes);
    if (fin === 'half-close') this.halfClose();
    const problem = await written;
    if (problem === undefined && fin === 'close') this.#destroy('close');
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
    this.#history.record({ kind: 'act', connection: this.name, act: 'half-close' });
    return new Promise((resolve) => this.#socket.end(() => resolve()));
  }

  /** Sends what is queued, then FIN, and gives the descriptor up. Waits at most `drainMs` for the queue. */
  async close(drainMs = 1_000): Promise<void> {
    if (this.#socket.destroyed) return;
    if (this.#socket.writableLength > 0 && this.writable) {
      const deadline = nowUs() + drainMs * 1_000;
      await this.#history.until(() => this.#socket.writableLength === 0 || this.#socket.destroyed, deadline);
    }
    this.#destroy('close');
  }

  /** Sends RST. */
  abort(): void {
    if (this.#socket.destroyed) return;
    this.#ended = true;
    this.#history.record({ kind: 'act', connection: this.name, act: 'abort' });
    this.#socket.resetAndDestroy();
  }

  /** Gives the descriptor up after the kernel was told to forget the connection (`vanish`). */
  discard(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  /** Takes what has begun and not ended for a message that breaks off; what comes afterwards is another one. */
  takeUnfinished(): void {
    this.#take(this.#framer.end());
  }

  pauseReading(): void {
    this.#history.record({ kind: 'act', connection: this.name, act: 'pause-reading' });
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#history.record({ kind: 'act', connection: this.name, act: 'resume-reading' });
    this.#socket.resume();
  }

  #write(bytes: Buffer): Promise<string | undefined> {
    return new Promise((resolve) => {
      const gone = (): void => resolve('the connection ended before everything was sent');
      this.#socket.once('close', gone);
      this.#socket.write(bytes, (error) => {
        this.#socket.off('close', gone);
        if (error) return resolve((error as NodeJS.ErrnoException).code ?? error.message);
        this.#history.record({
          kind: 'bytes',
          connection: this.name,
          direction: 'sent',
          count: bytes.length,
        });
        resolve(undefined);
      });
    });
  }

  #destroy(act: 'close'): void {
    if (this.#socket.destroyed) return;
    if (!this.#ended) this.#history.record({ kind: 'act', connection: this.name, act });
    else this.#history.record({ kind: 'act', connection: this.name, act, detail: 'after the half-close' });
    this.#ended = true;
    this.#socket.destroy();
  }

  #opening(where: string, options: DialOptions): Promise<Connection> {
    return new Promise((resolve) => {
      const fail = (failure: ConnectFailure): void => {
        this.failure ??= failure;
        clearTimeout(timer);
        this.#socket.destroy();
        resolve(this);
      };
      const timer = setTimeout(() => {
        this.#history.record({ kind: 'event', connection: this.name, event: 'timeout', code: 'ETIMEDOUT' });
        fail(connectFailure('ETIMEDOUT', where));
      }, options.timeoutMs);
      this.#socket.once('error', (error: NodeJS.ErrnoException) => {
        if (!this.tuple) fail(connectFailure(error.code ?? 'EIO', where));
      });
      this.#socket.once('connect', () => {
        clearTimeout(timer);
        if (this.#isSelfConnect()) {
          this.#history.record({
            kind: 'event',
            connection: this.name,
            event: 'refused',
            code: 'ECONNREFUSED',
          });
          return fail({
            whose: 'device',
            reason: 'self-connect',
            code: 'ECONNREFUSED',
            text: `nothing listens on ${where}: the connection met itself`,
          });
        }
        this.#up('connected', options.onOpened);
        resolve(this);
      });
    });
  }

  #isSelfConnect(): boolean {
    const { localAddress, localPort, remoteAddress, remotePort } = this.#socket;
    return localAddress === remoteAddress && localPort === remotePort;
  }

  #up(event: 'connected' | 'accepted', onOpened?: (connection: Connection) => void): void {
    const { localAddress, localPort, remoteAddress, remotePort } = this.#socket;
    if (localAddress === undefined || remoteAddress === undefined) return;
    this.tuple = {
      local: { address: plainAddress(localAddress), port: localPort ?? 0 },
      remote: { address: plainAddress(remoteAddress), port: remotePort ?? 0 },
    };
    const { local, remote } = this.tuple;
    const detail = `${local.address}:${local.port} to ${remote.address}:${remote.port}`;
    this.#history.record({ kind: 'event', connection: this.name, event, detail });
    onOpened?.(this);
  }

  #listen(): void {
    this.#socket.on('data', (chunk: Buffer) => {
      const frames = this.#framer.push(chunk);
      this.#history.record({
        kind: 'bytes',
        connection: this.name,
        direction: 'received',
        count: chunk.length,
      });
      this.#take(frames);
    });
    this.#socket.on('end', () => {
      this.#take(this.#framer.end());
      this.#history.record({ kind: 'event', connection: this.name, event: 'fin' });
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#failed(error.code ?? 'EIO'));
    this.#socket.on('close', () => {
      this.#history.record({ kind: 'event', connection: this.name, event: 'closed' });
    });
  }

  #failed(code: string): void {
    const event =
      code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : code === 'ECONNREFUSED' ? 'refused' : 'error';
    this.#history.record({ kind: 'event', connection: this.name, event, code });
  }

  #take(frames: Frame[]): void {
    for (const frame of frames) {
      const message = decodeFrame(frame);
      const received: Received = { message, us: nowUs() };
      const request = this.ledger.settle(received);
      this.received.push(received);
      this.#history.record({
        kind: 'message',
        us: received.us,
        connection: this.name,
        direction: 'received',
        name: message.name,
        bytes: message.bytes,
        encoding: message.encoding,
        text: message.text.slice(0, TEXT_LIMIT),
        ...(message.messageID !== undefined && { messageID: message.messageID }),
        ...(request && { answers: request.label }),
        ...(message.findings.length > 0 && { findings: message.findings }),
      });
      this.onReceived?.(received);
    }
  }

  #note(text: string): void {
    this.#history.record({ kind: 'note', connection: this.name, about: 'harness', text });
  }
}

/** An address without the zone, IPv4-mapped ones in their IPv4 form. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  return bare.startsWith('::ffff:') && bare.includes('.') ? bare.slice('::ffff:'.length) : bare;
}
