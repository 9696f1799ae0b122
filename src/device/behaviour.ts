import type { PortName } from '../history/facts.ts';
import type { DecodedMessage, Frame, OutgoingMessage } from '../wire/types.ts';
import type { MessageForm } from '../wire/encode.ts';
import type { Connection } from './connection.ts';
import type { Settings } from './settings.ts';

/** An answer on its way: hooks may rewrite it, multiply it or send it elsewhere. */
export interface Exchange {
  /** The connection that asked. */
  readonly connection: Connection;
  readonly request: DecodedMessage;
  answer: OutgoingMessage;
  /** How it is written. */
  form: MessageForm;
  /** The connection that carries the answer. */
  via: Connection;
  /** How often it is sent. */
  copies: number;
}

/**
 * Hooks around what happens to a connection. A hook that takes `next` decides whether and when the device goes
 * on; one that never calls it leaves that connection where it is. Nothing may block the event loop.
 */
export interface Behaviour {
  /** The device listens on this port now. */
  listening?(port: PortName): void;
  /** The kernel handed over a connection: `next` starts to serve it. */
  admit?(connection: Connection, next: () => void): void;
  /** The connection is about to be read for the first time. */
  opened?(connection: Connection): void;
  /** Bytes as one read delivered them; what it returns is framed. */
  read?(connection: Connection, chunk: Buffer): Buffer;
  /** The messages that one read completed; what it returns is handled. */
  framed?(connection: Connection, frames: readonly Frame[]): readonly Frame[];
  /** A message is to be handled, in its turn: `next` answers it, `ignore` passes over it. */
  message?(connection: Connection, message: DecodedMessage, next: () => void, ignore: () => void): void;
  /** An answer is ready: `next` sends it, `lose` forgets it. */
  answer?(exchange: Exchange, next: () => void, lose: () => void): void;
  /** The bytes of an answer before they are sent. */
  encode?(exchange: Exchange, bytes: Buffer): Buffer;
  /** An answer was handed to the socket. */
  sent?(exchange: Exchange): void;
  /** Everything handed to this connection's socket was taken by the kernel. */
  flushed?(connection: Connection): void;
  /** A request of the device's own went out on a connection that it dialled. */
  asked?(connection: Connection): void;
  /** The answer to it came. */
  answered?(connection: Connection): void;
  /** A connection that the device itself had dialled is gone: `next` dials again, later. */
  redial?(port: PortName, next: () => void): void;
  /** The other side sent FIN: `next` closes once everything asked before it is answered. */
  fin?(connection: Connection, next: () => void): void;
  /** The other side reset the connection. */
  reset?(connection: Connection): void;
  /** The connection's descriptor is gone. */
  closed?(connection: Connection): void;
}

/** What a behaviour may know of its device and do to it. */
export interface DeviceView {
  readonly settings: Settings;
  /** Open connections from newsrooms, oldest first, of one port or of all. */
  connections(port?: PortName): readonly Connection[];
  /** Runs `action` after so many ms unless the device stops before; the result takes it back. */
  after(milliseconds: number, action: () => void): () => void;
  /** The messageID of the next request of the device's own. */
  nextMessageID(): number;
  /** Runs `action` when the device stops. */
  onStop(action: () => void): void;
  /** Ends listening on a port; open connections stay. */
  stopListening(port: PortName): void;
  /** The device dies. */
  exit(): void;
}

/** The one number that a fault or habit can be given, as in `late-close=1500`. */
interface VariationParameter {
  /** What it means, such as `delay of the close`. */
  means: string;
  unit: 'ms' | 'count';
  default: number;
}

/** A way to differ from the reference device that can be switched on by its name. */
export interface Variation {
  parameter?: VariationParameter;
  /** It is about what only a socket of the kernel has, such as a descriptor. */
  needsSockets?: true;
  /** A fresh behaviour for one device; state lives in its closure. */
  behave(device: DeviceView, value: number): Behaviour;
}

/** A defect. What it is called and what a newsroom sees of it stands in the catalogue of faults, under its name. */
export type Fault = Variation;

/** Something unusual that a correct device may do. */
export interface Habit extends Variation {
  name: string;
  title: string;
  /** One sentence for a person: what the device does. */
  description: string;
}

/**
 * Runs one hook of every behaviour, each inside the one before.
 * @param enter calls the hook, or `next` where the behaviour has none
 * @param last what the device does once every hook has let it through
 */
export function nest(
  behaviours: readonly Behaviour[],
  enter: (behaviour: Behaviour, next: () => void) => void,
  last: () => void,
  index = 0,
): void {
  const behaviour = behaviours[index];
  if (!behaviour) last();
  else enter(behaviour, () => nest(behaviours, enter, last, index + 1));
}
