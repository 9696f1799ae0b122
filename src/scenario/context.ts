import type { PortName, TcpState, Tuple } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import type { MessageIds } from '../ncs/message-ids.ts';
import type { Network } from '../ncs/network.ts';
import type { Newsroom } from '../ncs/newsroom.ts';
import type { SocketObserver } from '../observe/observer.ts';
import type { PortHabits } from '../results/results.ts';
import type { HabitName } from '../suite/words.ts';
import type { Tier } from '../suite/model.ts';
import type { Target } from '../subject/target.ts';
import type { Turn } from './turn.ts';
import type { Sight } from '../judge/sight.ts';

/** Watches sockets for one test: what the player needs of an observer. */
export interface SocketWatch {
  /** @param peer whose the other end is: the device's unless told, or a peer of our own on this host */
  watch(connection: string, tuple: Tuple, peer?: 'device' | 'own'): void;
  /** Looks once more, now. */
  look(): void | Promise<void>;
  /** How well this test can see and keep time so far. */
  sight(): Sight;
  stop(): void;
}

/** Counts the socket descriptors of the device's process that are in no table. */
export interface DescriptorCount {
  unlisted(): number | undefined;
}

/** The device's end of a connection, in its kernel. */
export interface DeviceEnd {
  /** Bytes that have come and that its application has not read. */
  unread: number;
  /** Bytes that it has sent and that our kernel has not taken. */
  unsent: number;
  /** Whether an application has it. */
  isAccepted: boolean;
  /** The command of a process that holds it, where the device itself does not; looked up when it is called. */
  heldBy: () => string | undefined;
}

/** Our own end of a connection, in our kernel. */
export interface OwnEnd {
  state: TcpState;
  /** Bytes that have come and that we have not read. */
  unread: number;
}

/** Looks at exactly the sockets that it is asked about. */
export type SocketLookup = Pick<SocketObserver, 'means' | 'lookup'>;

/** A connection that a test has ended: what is known of it when the test is over. */
export interface Ended {
  /** The test, by its key, or what else has opened it. */
  test: string;
  name: string;
  port: PortName;
  tuple: Tuple;
  /** Whether our end was half-closed first. */
  how: 'close' | 'half-close';
  /** When our FIN was sent, in microseconds. */
  endedUs: number;
  /** The messages that we have sent on it. */
  carried: string[];
  isReleased: boolean;
  /** Whether it counts among what the device may have open; what a port never lets go of does not. */
  takesPlace: boolean;
}

/** What a campaign knows and lends to each of its tests. */
export interface PlayContext {
  target: Target;
  habits: Partial<Record<PortName, PortHabits>>;
  /** Whether the device has a habit, as far as the opening sanity test could tell. */
  hasHabit(habit: HabitName, port: PortName | undefined): boolean;
  /** Told that the device closes idle connections on a port, which later tests can go by. */
  closesIdle(port: PortName): void;
  /** Whether the device was shown never to let go of a connection on this port. */
  neverReleases(port: PortName): boolean;
  /** Connections that other tests hold at the device, or have left there to be released. */
  besides(): number;
  /** Leaves a connection that was ended to the campaign, which follows it until it is released. */
  leave(ended: Ended): void;
  messageIds: MessageIds;
  /** Starts watching for one playing of a test, which is known by its key. */
  watch(history: History, key: string): SocketWatch;
  /** Says that the observer is no witness: from now on only our own descriptors speak. */
  distrust(reason: string): void;
  /** Whether any means sees the kernel's state of our own end after the descriptor is given up. */
  seesOrphans: boolean;
  descriptors: DescriptorCount | undefined;
  /** Looks at single sockets, many at a time; absent where only our own descriptors speak. */
  lookup: SocketLookup | undefined;
  /** How the device's end of a connection stands; absent where it cannot be looked at that fast, or is gone. */
  deviceEnd(tuple: Tuple): DeviceEnd | undefined;
  /** How our own end stands, likewise. */
  ownEnd(tuple: Tuple): OwnEnd | undefined;
  /** Whether the device's end of a connection was seen in the opening sanity test. */
  seesDevice: boolean;
  /** Whether a connection can be made to disappear here without FIN or RST; if not, `whyNotVanish` says why. */
  canVanish: boolean;
  whyNotVanish: string;
  /** The network that leads to the device. */
  network: Network;
  /** The NCS's own ports, for devices that dial. */
  newsroom: Newsroom;
  /** Whether a listener stands on this port of the device's host; absent where nothing can see it. */
  listening(port: number): boolean | undefined | Promise<boolean | undefined>;
  /** Whether the device answers on none of its ports. */
  isMute: boolean;
  /** Ports on which a late close was already waited for; it is done once per port. */
  lateWatched: Set<PortName>;
  /** Which tests were asked for: a grid is played in part at the quick tier. */
  tier: Tier;
  /** Starts a device that is lost again, and says whether it then serves; absent where nobody said how. */
  revive?: () => Promise<boolean>;
  signal: AbortSignal;
  /** What the test has of the floor; absent where the tests follow one another. */
  turn: Turn | undefined;
  /** What the arbitrary choices of all tests follow from. */
  seed: number;
}
