import { connect, type Socket } from 'node:net';
import type { PortName } from '../history/facts.ts';
import { encodeMessage } from '../wire/encode.ts';
import { heartbeat, reqMachInfo } from '../wire/messages.ts';
import type { MosElement } from '../wire/types.ts';
import { nest } from './behaviour.ts';
import { Connection } from './connection.ts';
import type { Device } from './device.ts';
import type { NcsAddress } from './options.ts';
import { Serving } from './serving.ts';

/** Requests that may wait for a newsroom that does not answer. */
const QUEUE_LIMIT = 1000;

/** Where one lane leads. */
export type LaneAddress = Omit<NcsAddress, 'lower' | 'upper'> & { port: number };

interface OwnRequest {
  messageID: number;
  body: MosElement;
}

/**
 * The device's own connection to one port of the newsroom. It is kept open and dialled again after a loss; one
 * request at a time is on its way, and one that is not answered is repeated with the same messageID
 * (MOS 2.8.5 sections 2.1 and 4.1.6).
 */
export class Lane {
  readonly #device: Device;
  readonly #port: PortName;
  readonly #address: LaneAddress;
  readonly #queue: OwnRequest[] = [];
  #socket: Socket | undefined;
  #connection: Connection | undefined;
  #stopped = false;

  constructor(device: Device, port: PortName, address: LaneAddress) {
    this.#device = device;
    this.#port = port;
    this.#address = address;
  }

  /** Dials the newsroom, introduces the device and goes on with heartbeats. */
  start(): void {
    this.request(heartbeat());
    this.request(reqMachInfo());
    this.#dial();
    this.#beat();
  }

  /** Whether so many more requests can be queued. */
  hasRoomFor(count: number): boolean {
    return this.#queue.length + count <= QUEUE_LIMIT;
  }

  /** Queues a request; false where too many wait already. */
  request(body: MosElement): boolean {
    if (this.#queue.length >= QUEUE_LIMIT) return false;
    this.#queue.push({ messageID: this.#device.nextMessageID(), body });
    this.#sendNext();
    return true;
  }

  /** Gives up the connection for good. */
  stop(): void {
    this.#stopped = true;
    this.#socket?.destroy();
  }

  #beat(): void {
    this.#device.after(this.#address.heartbeatEvery ?? 10_000, () => {
      if (!this.#queue.some(({ body }) => body.name === 'heartbeat')) this.request(heartbeat());
      this.#beat();
    });
  }

  #dial(): void {
    if (this.#stopped) return;
    const { host, port } = this.#address;
    const socket = connect({ host, port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true });
    this.#socket = socket;
    // A refused or lost connection shows as 'close', which dials again.
    socket.on('error', () => {});
    socket.once('connect', () => this.#connected(socket));
    socket.once('close', () => {
      const wasUp = this.#connection !== undefined;
      this.#connection = undefined;
      this.#again(wasUp);
    });
  }

  #again(wasUp: boolean): void {
    const dial = (): void => {
      this.#device.after(this.#address.redialAfter ?? 1_000, () => this.#dial());
    };
    if (!wasUp) return dial();
    nest(
      this.#device.behaviours,
      (behaviour, next) => (behaviour.redial ? behaviour.redial(this.#port, next) : next()),
      dial,
    );
  }

  #connected(socket: Socket): void {
    const metItself = socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
    if (metItself || this.#stopped) {
      socket.destroy();
      return;
    }
    socket.pause();
    const connection = new Connection(this.#port, socket, true);
    this.#device.adopt(connection);
    this.#connection = connection;
    new Serving(this.#device, connection).start();
    this.#sendNext();
  }

  #sendNext(): void {
    const connection = this.#connection;
    const request = this.#queue[0];
    if (!connection || !request || connection.awaited || connection.released) return;
    const { settings } = this.#device;
    const giveUp = this.#device.after(this.#address.answerTime ?? 15_000, () => connection.drop());
    connection.socket.once('close', giveUp);
    connection.awaited = {
      messageID: request.messageID,
      request: request.body.name,
      resolve: () => {
        giveUp();
        connection.socket.off('close', giveUp);
        this.#queue.shift();
        for (const behaviour of this.#device.behaviours) behaviour.answered?.(connection);
        this.#sendNext();
      },
    };
    for (const behaviour of this.#device.behaviours) behaviour.asked?.(connection);
    connection.send(
      encodeMessage(
        {
          mosID: settings.mosId,
          ncsID: settings.ncsIds[0] ?? '',
          messageID: request.messageID,
          body: request.body,
        },
        settings.encoding,
      ),
    );
  }
}
