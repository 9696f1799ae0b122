import type { PortName } from '../history/facts.ts';
import type { MosElement } from '../wire/types.ts';
import type { Behaviour, DeviceView } from './behaviour.ts';
import type { Connection } from './connection.ts';

/** The device's own requests to one port of the newsroom. */
export interface OwnRequests {
  /** Whether so many more requests can be queued. */
  hasRoomFor(count: number): boolean;
  /** Queues a request; false where too many wait already. */
  request(body: MosElement): boolean;
}

/** What the parts of a device know of the whole, beyond what its behaviours may. */
export interface Host extends DeviceView {
  /** What is switched on, the outermost first. */
  readonly behaviours: readonly Behaviour[];
  readonly counted: { messages: number };
  /** The device's own connection to the newsroom for one port, where it has one. */
  lane(port: PortName): OwnRequests | undefined;
  /**
   * Takes charge of a connection, so that it is known, counted and closed with the device. What comes is served from
   * the moment in which the result is started.
   */
  adopt(connection: Connection): { start(): void };
}
