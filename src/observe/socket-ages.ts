import type { Endpoint, TcpState } from '../history/facts.ts';
import type { TableEntry } from './observer.ts';

/** A socket and for how long it has been seen as it is. */
export interface AgedSocket {
  local: Endpoint;
  remote: Endpoint;
  state: TcpState;
  /** Microseconds since it was first seen in this state; 0 at first sight. */
  ageUs: number;
}

interface Known {
  state: TcpState;
  cookie: number | undefined;
  sinceUs: number;
}

/** Remembers since when each socket of a table has been in its state. */
export class SocketAges {
  #known = new Map<string, Known>();

  /** One look: the sockets of the table with their ages. Listeners are left out; what is gone is forgotten. */
  look(entries: readonly TableEntry[], nowUs: number): AgedSocket[] {
    const next = new Map<string, Known>();
    const sockets = entries
      .filter(({ state }) => state !== 'LISTEN')
      .map(({ local, remote, state, cookie }) => {
        const key = `${local.address} ${local.port} ${remote.address} ${remote.port}`;
        const before = this.#known.get(key);
        const same = before?.state === state && before.cookie === cookie;
        const sinceUs = same ? before.sinceUs : nowUs;
        next.set(key, { state, cookie, sinceUs });
        return { local, remote, state, ageUs: nowUs - sinceUs };
      });
    this.#known = next;
    return sockets;
  }
}
