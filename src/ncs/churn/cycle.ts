import type { Socket } from 'node:net';
import type { CloseKind } from '../../history/churn/tally.ts';
import { nowUs } from '../../history/clock.ts';
import type { Endpoint } from '../../history/facts.ts';
import { Framer } from '../../wire/framer.ts';
import type { Encoding, Frame } from '../../wire/types.ts';
import { connectTo, metItself, tupleOf } from '../socket.ts';
import type { Ask } from './options.ts';
import { WatchedEnd } from './watched-end.ts';

/** Who is told of what happens to a cycle. */
export interface CycleOwner {
  opened(cycle: Cycle): void;
  /** It was not opened: the errno name. */
  failed(cycle: Cycle, code: string): void;
  received(cycle: Cycle, frame: Frame): void;
  /** The device's FIN was read. */
  finished(cycle: Cycle): void;
  /** The connection was reset. */
  reset(cycle: Cycle): void;
}

/**
 * One connection of a churn on a bare socket. Its stages:
 *
 *     opening -> using -> ending -> settled
 *
 * and from any of them straight to settled. Nothing of it is kept once it is settled but what was counted.
 */
export class Cycle {
  readonly number: number;
  readonly kind: CloseKind;
  stage: 'opening' | 'using' | 'ending' | 'settled' = 'opening';
  asked: Ask | undefined;
  askedUs = 0;
  /** The request has its answer, or it is known that it gets none. */
  concluded = false;
  /** The device's FIN was read. */
  finReceived = false;
  wasReset = false;
  /** When we ended it, on the history's clock. */
  endedUs = 0;
  /** On the clock of the loop: when what is awaited in this stage counts as missing. */
  dueUs = Infinity;
  /** It was found overdue once; what came meanwhile has been read when it is found so again. */
  overdue = false;
  /** It stood when the release time was over. */
  wasLeft = false;
  /** A first look at both ends was taken. */
  looked = false;
  /** It is to be ended as soon as the first look is taken. */
  endsWhenLooked = false;
  /** When the next look is due, on the history's clock. */
  nextLookUs = Infinity;
  ncs: WatchedEnd | undefined;
  device: WatchedEnd | undefined;
  readonly #socket: Socket;
  readonly #owner: CycleOwner;
  readonly #encoding: Encoding;
  #framer: Framer | undefined;

  constructor(number: number, kind: CloseKind, remote: Endpoint, encoding: Encoding, owner: CycleOwner) {
    this.number = number;
    this.kind = kind;
    this.#owner = owner;
    this.#encoding = encoding;
    this.#socket = connectTo(remote);
    this.#listen();
  }

  /** Our end as text, for a report; undefined before it was opened. */
  get local(): string | undefined {
    const source = this.ncs?.query.source;
    return source && `${source.address}:${source.port}`;
  }

  /** Sends the request. */
  ask(ask: Ask): void {
    this.asked = ask;
    this.askedUs = nowUs();
    this.#socket.write(ask.bytes);
  }

  /** Ends the connection our way. Never twice. */
  end(how: CloseKind): void {
    this.stage = 'ending';
    this.endedUs = nowUs();
    if (how === 'abort') this.#socket.resetAndDestroy();
    else if (how === 'half-close') this.#socket.end();
    else this.#socket.destroy();
  }

  /** Gives up the descriptor and forgets everything that is not needed to look at the ends. */
  discard(): void {
    this.#socket.removeAllListeners();
    // An error that is still on its way concerns nobody any more.
    this.#socket.on('error', () => {});
    this.#socket.destroy();
    this.#framer = undefined;
    this.asked = undefined;
  }

  #listen(): void {
    const socket = this.#socket;
    const owner = this.#owner;
    socket.once('connect', () => this.#connected());
    socket.on('data', (chunk: Buffer) => {
      this.#framer ??= new Framer({ expect: this.#encoding });
      for (const frame of this.#framer.push(chunk)) owner.received(this, frame);
    });
    socket.on('end', () => {
      this.finReceived = true;
      owner.finished(this);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (this.stage === 'opening') return owner.failed(this, error.code ?? 'EIO');
      this.wasReset = true;
      owner.reset(this);
    });
  }

  #connected(): void {
    const tuple = tupleOf(this.#socket);
    if (!tuple) return this.#owner.failed(this, 'ECONNRESET');
    if (metItself(this.#socket)) return this.#owner.failed(this, 'ECONNREFUSED');
    const { local, remote } = tuple;
    this.ncs = new WatchedEnd({ source: local, destination: remote });
    this.device = new WatchedEnd({ source: remote, destination: local });
    this.stage = 'using';
    this.#owner.opened(this);
  }
}
