import type { Socket } from 'node:net';
import type { CloseKind } from '../../history/churn/tally.ts';
import type { Endpoint } from '../../history/facts.ts';
import { connectTo, metItself, tupleOf } from '../socket.ts';
import type { Engine, Line, LineOwner } from './engine.ts';

/** Runs a churn on Node's own sockets and timers: everywhere, and beside whatever else this thread does. */
export const NODE_ENGINE: Engine = {
  name: 'node',
  dial: (remote, owner) => new NodeLine(remote, owner),
  soon: (act) => void setImmediate(act),
  after: (ms, act) => void setTimeout(act, ms),
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
};

class NodeLine implements Line {
  readonly #socket: Socket;

  constructor(remote: Endpoint, owner: LineOwner) {
    let isOpen = false;
    const socket = connectTo(remote);
    this.#socket = socket;
    socket.once('connect', () => {
      const tuple = tupleOf(socket);
      if (!tuple) return owner.failed('ECONNRESET');
      if (metItself(socket)) return owner.failed('ECONNREFUSED');
      isOpen = true;
      owner.connected(tuple);
    });
    socket.on('data', (chunk: Buffer) => owner.came(chunk));
    socket.on('end', () => owner.finished());
    socket.on('error', ({ code = 'EIO' }: NodeJS.ErrnoException) => {
      if (isOpen) owner.reset();
      else owner.failed(code);
    });
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  end(how: CloseKind): void {
    if (how === 'abort') this.#socket.resetAndDestroy();
    else if (how === 'half-close') this.#socket.end();
    else this.#socket.destroy();
  }

  drop(): void {
    this.#socket.removeAllListeners();
    // An error that is still on its way concerns nobody any more.
    this.#socket.on('error', () => {});
    this.#socket.destroy();
  }
}
