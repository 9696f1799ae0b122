import type { PortName } from '../history/facts.ts';
import { heartbeat, reqMachInfo } from '../wire/messages.ts';
import type { MosElement } from '../wire/types.ts';
import { nest } from './behaviour.ts';
import { Connection } from './connection.ts';
import type { Host, OwnRequests } from './host.ts';
import type { Network } from './network.ts';
import type { NcsAddress } from './options.ts';
import { encodeOwnRequest } from './own-request.ts';
import type { Transport } from './transport.ts';

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
export class Lane implements OwnRequests {
  readonly #device: Host;
  readonly #network: Network;
  readonly #port: PortName;
  readonly #address: LaneAddress;
  readonly #queue: OwnRequest[] = [];
  #hangUp: () => void = () => {};
  /** Takes back the limit of the answer that is waited for. */
  #answered: () => void = () => {};
  #connection: Connection | undefined;
  #stopped = false;

  constructor(device: Host, network: Network, port: PortName, address: LaneAddress) {
    this.#device = device;
    this.#network = network;
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

  hasRoomFor(count: number): boolean {
    return this.#queue.length + count <= QUEUE_LIMIT;
  }

  request(body: MosElement): boolean {
    if (this.#queue.length >= QUEUE_LIMIT) return false;
    this.#queue.push({ messageID: this.#device.nextMessageID(), body });
    this.#sendNext();
    return true;
  }

  /** Gives up the connection for good. */
  stop(): void {
    this.#stopped = true;
    this.#hangUp();
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
    this.#hangUp = this.#network.dial(host, port, {
      up: (transport) => this.#connected(transport),
      down: () => {
        const wasUp = this.#connection !== undefined;
        this.#connection = undefined;
        this.#answered();
        this.#again(wasUp);
      },
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

  #connected(transport: Transport): void {
    const connection = new Connection(this.#port, transport, true);
    const serving = this.#device.adopt(connection);
    if (this.#stopped) return connection.drop();
    this.#connection = connection;
    serving.start();
    this.#sendNext();
  }

  #sendNext(): void {
    const connection = this.#connection;
    const request = this.#queue[0];
    if (!connection || !request || connection.awaited || connection.released) return;
    const { settings } = this.#device;
    this.#answered = this.#device.after(this.#address.answerTime ?? 15_000, () => connection.drop());
    connection.awaited = {
      messageID: request.messageID,
      request: request.body.name,
      resolve: () => {
        this.#answered();
        this.#queue.shift();
        for (const behaviour of this.#device.behaviours) behaviour.answered?.(connection);
        this.#sendNext();
      },
    };
    for (const behaviour of this.#device.behaviours) behaviour.asked?.(connection);
    connection.send(encodeOwnRequest(settings, request.messageID, request.body));
  }
}
