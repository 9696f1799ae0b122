import type { Behaviour } from './behaviour.ts';
import type { Connection } from './connection.ts';

/**
 * A place that a connection can occupy while others wait: how a device with too few threads is modelled without
 * blocking the event loop.
 */
export class Gate {
  readonly #blocks: (holder: Connection, other: Connection) => boolean;
  readonly #holders = new Set<Connection>();
  #waiting: { connection: Connection; pass: () => void }[] = [];

  /** @param blocks whether `holder` keeps `other` waiting; never asked about one and the same connection */
  constructor(blocks: (holder: Connection, other: Connection) => boolean) {
    this.#blocks = blocks;
  }

  /** Runs `pass` at once, or when nobody keeps this connection waiting any more. */
  enter(connection: Connection, pass: () => void): void {
    if (this.#blocked(connection)) this.#waiting.push({ connection, pass });
    else pass();
  }

  /** From now on this connection keeps others waiting. */
  hold(connection: Connection): void {
    this.#holders.add(connection);
  }

  /** Lets pass, in order, whoever waited for this connection only. */
  release(connection: Connection): void {
    if (!this.#holders.delete(connection)) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { connection: waiter, pass } of waiting) this.enter(waiter, pass);
  }

  #blocked(connection: Connection): boolean {
    for (const holder of this.#holders) {
      if (holder !== connection && this.#blocks(holder, connection)) return true;
    }
    return false;
  }
}

/** One thread for each port: whoever holds it keeps the rest of that port waiting. */
export function portGate(): Gate {
  return new Gate((holder, other) => holder.port === other.port);
}

/** Each connection is admitted when it can have the gate, and keeps it. */
export function oneByOne(gate: Gate): Required<Pick<Behaviour, 'admit'>> {
  return {
    admit(connection, next) {
      gate.enter(connection, () => {
        if (connection.closed) return;
        gate.hold(connection);
        next();
      });
    },
  };
}

/** Messages wait at the gate; a connection that ends, or whose newsroom says no more, gives it up. */
export function messagesWait(gate: Gate): Required<Pick<Behaviour, 'message' | 'fin' | 'closed'>> {
  return {
    message: (connection, _message, next) => gate.enter(connection, next),
    fin(connection, next) {
      gate.release(connection);
      next();
    },
    closed: (connection) => gate.release(connection),
  };
}
