import { nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import { History } from '../history/history.ts';
import { MESSAGE_SIZE } from '../wire/framer.ts';
import type { Encoding } from '../wire/types.ts';
import { Answering, type AnsweringOptions } from './answering.ts';
import { Connection } from './connection.ts';
import { Holdings } from './holdings.ts';
import type { Stream } from './network.ts';
import type { Received } from './requests.ts';

/** Messages after which a connection that a device dialled is given up: nobody has that much to say. */
const MOST_MESSAGES = 10_000;

/** What a call is made of. */
export interface CallOptions extends AnsweringOptions {
  name: string;
  portName: PortName;
  encoding: Encoding;
  /** Bytes of the largest message that is accepted; 64 MiB unless told. */
  messageSize?: number;
}

/**
 * A connection that the device dialled. It lives as long as the device keeps it, beyond single tests: the NCS
 * answers on it by itself, closes when the device does, and a test may borrow it.
 */
export class Call {
  readonly connection: Connection;
  readonly openedUs = nowUs();
  /** Everything that happened on it. */
  readonly history = new History();
  readonly #answering: Answering;
  #return: (() => void) | undefined;
  #messages = 0;

  constructor(socket: Stream, options: CallOptions) {
    const { name, portName, encoding, messageSize = MESSAGE_SIZE } = options;
    this.history.subscribe((fact) => {
      if (fact.kind === 'event' && fact.event === 'fin' && !this.isLent) void this.connection.close();
    });
    this.connection = Connection.accepted(socket, {
      name,
      history: this.history,
      portName,
      encoding,
      messageSize,
    });
    socket.once('close', () => Holdings.of(this.history).release());
    this.#answering = new Answering(this.connection, this.history, options);
    this.connection.onReceived = (received) => void this.#received(received);
  }

  /** Whether a test has it; a call is lent once, and ends with that test or goes back untouched. */
  get isLent(): boolean {
    return this.#return !== undefined;
  }

  /** Whether the connection is open at both ends, as far as is known here. */
  get isOpen(): boolean {
    const ended = this.history.facts.some(
      (fact) => fact.kind === 'event' && (fact.event === 'fin' || fact.event === 'reset'),
    );
    return this.connection.writable && !ended;
  }

  /** When the NCS ended it, by whatever means. */
  get endedByUs(): number | undefined {
    const ending = this.history.facts.find(
      (fact) => fact.kind === 'act' && ['half-close', 'close', 'abort', 'vanish'].includes(fact.act),
    );
    return ending?.us;
  }

  /** Lends the connection to a test: what happens on it from now on stands in that test's history too. */
  lend(history: History): Connection {
    const { name, tuple } = this.connection;
    const ends = tuple && `${tuple.remote.address}:${tuple.remote.port} to our port ${tuple.local.port}`;
    history.record({ kind: 'event', connection: name, event: 'accepted', ...(ends && { detail: ends }) });
    this.#return = this.history.subscribe((fact) => void history.record(fact));
    return this.connection;
  }

  /** Takes the connection back from a test. One that the test has ended, or the device, ends now. */
  takeBack(): void {
    this.#return?.();
    this.#return = undefined;
    if (!this.isOpen) this.connection.discard();
  }

  async #received(received: Received): Promise<void> {
    this.#messages += 1;
    if (this.#messages > MOST_MESSAGES) return this.connection.close();
    await this.#answering.take(received);
  }
}
