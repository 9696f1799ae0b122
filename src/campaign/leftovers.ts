import { nowUs } from '../history/clock.ts';
import { PORT_NAMES, type Means, type PortName, type SocketState, type Tuple } from '../history/facts.ts';
import { queryFor, type SocketReading } from '../observe/observer.ts';
import type { Ended, SocketLookup } from '../scenario/context.ts';

/** The least time between two looks of whoever counts, in microseconds. */
const LOOK_US = 10_000;

/** ms between two looks at what is still to be released. */
const FOLLOW_MS = 1_000;

/** ms between two looks while the end of the campaign waits for them. */
const SETTLE_MS = 100;

/** An orphan in FIN_WAIT_2 that is gone after this time may just have expired. */
const ORPHAN_US = 55_000_000;

/** A connection that was ended, and what became of it. */
export interface Leftover extends Ended {
  /** `kept`: the device has not let go of it within lateTime; `unknown`: nothing shows that it has or has not. */
  standing: 'pending' | 'released' | 'kept' | 'unknown';
  /** The states of both ends when they were looked at last. */
  ncs: SocketState;
  device?: SocketState;
  /** By what they were seen. */
  means: Means;
  /** Whether the device's application has taken the connection from its kernel, as far as that can be seen. */
  isAccepted: boolean;
  /** The command of a process that holds it, where the device itself does not. */
  holder?: string;
}

/** What following connections needs of the campaign. */
export interface Following {
  lookup: SocketLookup | undefined;
  /** Whether a look at the device's end shows anything. */
  seesDevice: () => boolean;
  /** Whether our end follows the device's; behind a proxy it does not. */
  infers: boolean;
  /** The command of a process that holds the device's end of a connection, where the device itself does not. */
  holder: (tuple: Tuple) => string | undefined;
  /** Microseconds after which a connection counts as leaked, and for which it is looked at. */
  releaseUs: number;
  lateUs: number;
}

/**
 * The connections that tests which are over have left to be released. Each takes a place at the device until both ends
 * have let go of it, or its release time is over; and each is followed until it is released or lateTime has passed.
 */
export class Leftovers {
  readonly #following: Following;
  readonly #ended = new Map<PortName, number>();
  readonly #entries: Leftover[] = [];
  #pending: Leftover[] = [];
  #lookedUs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(following: Following) {
    this.#following = following;
  }

  /** Counts a connection that was ended; one that was not released yet is followed. */
  enter(ended: Ended): void {
    this.#ended.set(ended.port, (this.#ended.get(ended.port) ?? 0) + 1);
    if (ended.isReleased) return;
    const entry: Leftover = {
      ...ended,
      standing: 'pending',
      ncs: 'UNKNOWN',
      isAccepted: true,
      means: 'descriptor',
    };
    this.#entries.push(entry);
    this.#pending.push(entry);
    this.#timer ??= setInterval(() => this.#look(), FOLLOW_MS).unref();
  }

  /** How many take a place at the device now, as far as a look shows. */
  get count(): number {
    const now = nowUs();
    const { releaseUs } = this.#following;
    const held = (): Leftover[] =>
      this.#pending.filter((one) => one.takesPlace && one.endedUs + releaseUs > now);
    if (held().length > 0 && now - this.#lookedUs >= LOOK_US) this.#look();
    return held().length;
  }

  /** Connections to a port that tests have ended. */
  ended(port: PortName): number {
    return this.#ended.get(port) ?? 0;
  }

  /** What the tests have left on a port, released meanwhile or not. */
  on(port: PortName): Leftover[] {
    return this.#entries.filter((one) => one.port === port);
  }

  /**
   * Waits until each is released or lateTime has passed. On a port that was seen to keep connections the release time
   * is enough.
   */
  async settle(keeps: (port: PortName) => boolean, signal: AbortSignal): Promise<void> {
    const { releaseUs } = this.#following;
    for (;;) {
      await this.#look();
      const known = new Set(PORT_NAMES.filter((port) => keeps(port) || this.on(port).some(isKept)));
      for (const one of this.#pending)
        if (known.has(one.port) && nowUs() - one.endedUs >= releaseUs) this.#decide(one);
      this.#pending = this.#pending.filter(isPending);
      if (this.#pending.length === 0 || signal.aborted) break;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    }
    this.stop();
  }

  /** Follows nothing any more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Looks at both ends of everything that is pending; where the means answers at once, it is known on return. */
  #look(): Promise<void> | void {
    this.#lookedUs = nowUs();
    const entries = this.#pending;
    const seesDevice = this.#following.seesDevice();
    const ours = entries.map(({ tuple }) => queryFor(tuple, 'ncs'));
    const theirs = seesDevice ? entries.map(({ tuple }) => queryFor(tuple, 'device')) : [];
    const take = (readings: (SocketReading | null)[]): void => {
      for (const [index, one] of entries.entries())
        this.#enterReading(one, readings[index], seesDevice && readings[entries.length + index]);
      this.#pending = this.#pending.filter(isPending);
    };
    try {
      const { lookup } = this.#following;
      for (const one of entries) one.means = lookup?.means ?? one.means;
      const readings = lookup?.lookup([...ours, ...theirs]);
      if (readings instanceof Promise) return readings.then(take, () => this.#overdue());
      if (readings) take(readings);
      else this.#overdue();
    } catch {
      this.#overdue();
    }
  }

  /** @param theirs false where the device's end cannot be seen */
  #enterReading(
    one: Leftover,
    ours: SocketReading | null | undefined,
    theirs: SocketReading | null | undefined | false,
  ): void {
    const ageUs = nowUs() - one.endedUs;
    one.ncs = ours?.state ?? 'none';
    if (theirs === false) delete one.device;
    else {
      one.device = theirs?.state ?? 'none';
      one.isAccepted = theirs?.inode !== 0;
    }
    // Somebody else has this pair of addresses by now.
    if (one.ncs === 'ESTABLISHED' || one.ncs === 'SYN_SENT') one.standing = 'unknown';
    else if (isGone(one.device ?? one.ncs))
      one.standing = one.device === undefined && ageUs > ORPHAN_US ? 'unknown' : 'released';
    else if (ageUs >= this.#following.lateUs) this.#decide(one);
  }

  /** A device that knows of our FIN and keeps its end has not let go; anything else shows nothing. */
  #decide(one: Leftover): void {
    const isInferred = one.device === undefined && this.#following.infers && one.ncs === 'FIN_WAIT_2';
    one.standing = one.device === 'CLOSE_WAIT' || isInferred ? 'kept' : 'unknown';
    if (one.device !== 'CLOSE_WAIT' || this.on(one.port).some(({ holder }) => holder !== undefined)) return;
    const holder = this.#following.holder(one.tuple);
    if (holder !== undefined) one.holder = holder;
  }

  /** Where nothing can be seen, nobody is accused. */
  #overdue(): void {
    for (const one of this.#pending)
      if (nowUs() - one.endedUs >= this.#following.releaseUs) one.standing = 'unknown';
    this.#pending = this.#pending.filter(isPending);
  }
}

/** What is no place at the device any more; LAST_ACK waits for our kernel, and its application has closed. */
function isGone(state: SocketState): boolean {
  return state === 'none' || state === 'TIME_WAIT' || state === 'LAST_ACK';
}

function isPending({ standing }: Leftover): boolean {
  return standing === 'pending';
}

/** Whether the device has not let go of a connection. */
export function isKept({ standing }: Leftover): boolean {
  return standing === 'kept';
}
