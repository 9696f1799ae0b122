import type { CloseKind } from '../../history/churn/tally.ts';
import { nowUs } from '../../history/clock.ts';
import type { Endpoint, Tuple } from '../../history/facts.ts';
import { Framer } from '../../wire/framer.ts';
import type { Frame } from '../../wire/types.ts';
import type { WholeMessages } from '../../wire/whole-message.ts';
import type { Engine, Line, LineOwner } from './engine.ts';
import type { Ask } from './requests.ts';
import { WatchedEnd } from './watched-end.ts';

/** Bytes of an answer that are read: hundreds of connections wait at once, and what they ask for is short. */
const MOST_BYTES = 1024 * 1024;

/** Who is told of what happens to a cycle. */
export interface CycleOwner {
  opened(cycle: Cycle): void;
  /** It was not opened: the errno name. */
  failed(cycle: Cycle, code: string): void;
  /** A message with the messageID of the request came, whole and by itself. */
  echoed(cycle: Cycle): void;
  /** Any other message came. */
  received(cycle: Cycle, frame: Frame): void;
  /** The device's FIN was read. */
  finished(cycle: Cycle): void;
  /** The connection was reset. */
  reset(cycle: Cycle): void;
}

/**
 * One connection of a churn. Its stages:
 *
 *     opening -> using -> ending -> settled
 *
 * and from any of them straight to settled. Nothing of it is kept once it is settled but what was counted.
 */
export class Cycle implements LineOwner {
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
  readonly #line: Line;
  readonly #owner: CycleOwner;
  readonly #messages: WholeMessages;
  #framer: Framer | undefined;

  /**
   * Begins to connect.
   * @param messages reads what comes whole
   */
  constructor(
    number: number,
    kind: CloseKind,
    on: { engine: Engine; remote: Endpoint; messages: WholeMessages; owner: CycleOwner },
  ) {
    this.number = number;
    this.kind = kind;
    this.#owner = on.owner;
    this.#messages = on.messages;
    this.#line = on.engine.dial(on.remote, this);
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
    this.#line.send(ask.bytes);
  }

  /** Ends the connection our way. Never twice. */
  end(how: CloseKind): void {
    this.stage = 'ending';
    this.endedUs = nowUs();
    this.#line.end(how);
  }

  /** Gives up the descriptor and forgets everything that is not needed to look at the ends. */
  discard(): void {
    this.#line.drop();
    this.#framer = undefined;
    this.asked = undefined;
  }

  connected({ local, remote }: Tuple): void {
    this.ncs = new WatchedEnd({ source: local, destination: remote });
    this.device = new WatchedEnd({ source: remote, destination: local });
    this.stage = 'using';
    this.#owner.opened(this);
  }

  failed(code: string): void {
    this.#owner.failed(this, code);
  }

  came(bytes: Buffer): void {
    const number = this.#framer ? undefined : this.#messages.messageNumber(bytes);
    if (number !== undefined && number === this.asked?.messageNumber) return this.#owner.echoed(this);
    this.#framer ??= new Framer({ expect: this.#messages.encoding, maxBytes: MOST_BYTES });
    for (const frame of this.#framer.push(bytes)) this.#owner.received(this, frame);
  }

  finished(): void {
    this.finReceived = true;
    this.#owner.finished(this);
  }

  reset(): void {
    this.wasReset = true;
    this.#owner.reset(this);
  }
}
