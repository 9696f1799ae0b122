import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Tuple } from '../../src/history/facts.ts';

/** Local ports of one address that a holder may take, so that the ephemeral range is never short. */
const MOST_OF_ONE = 9_000;

/** Descriptors of a holder that are no connection. */
const SPARE_DESCRIPTORS = 100;

const HOLDERS = 12;

/** How many connections one holder can have, by its descriptors: it needs two for each. */
export function mostOfOne(descriptors: number): number {
  return Math.max(0, Math.min(MOST_OF_ONE, Math.floor((descriptors - SPARE_DESCRIPTORS) / 2)));
}

/** How many connections all holders together can have. */
export function mostOfAll(descriptors: number): number {
  return HOLDERS * mostOfOne(descriptors);
}

/** Connections inside this machine, both ends in the socket table, held by processes of their own. */
export class Crowd {
  readonly tuples: Tuple[] = [];
  readonly #descriptors: number;
  readonly #holders: ChildProcess[] = [];

  /** @param descriptors how many a process may have here */
  constructor(descriptors: number) {
    this.#descriptors = descriptors;
  }

  /** Grows to so many connections. */
  async growTo(count: number): Promise<void> {
    while (this.tuples.length < count) {
      const more = Math.min(count - this.tuples.length, mostOfOne(this.#descriptors));
      await this.#add(more);
    }
  }

  /** Ends them all; resolves when none of them is in the table any more. */
  async disperse(): Promise<void> {
    const gone = this.#holders.splice(0).map(async (holder) => {
      if (holder.exitCode !== null || holder.signalCode !== null) return;
      const ended = once(holder, 'exit');
      holder.send('let go');
      await ended;
    });
    await Promise.all(gone);
    this.tuples.length = 0;
  }

  async #add(count: number): Promise<void> {
    const address = freshAddress();
    const holder = fork(path.join(import.meta.dirname, 'holder.ts'), [address, String(count)]);
    this.#holders.push(holder);
    const failed = once(holder, 'exit').then(([code]) => {
      throw new Error(`the holder of ${count} connections ended with code ${code}`);
    });
    failed.catch(() => undefined);
    const [{ port, ports }] = (await Promise.race([once(holder, 'message'), failed])) as [
      { port: number; ports: number[] },
    ];
    for (const local of ports)
      this.tuples.push({ local: { address, port: local }, remote: { address, port } });
  }
}

let addresses = 0;

/** Each holder has an address of its own, and with it all ports. */
function freshAddress(): string {
  addresses += 1;
  return `127.${1 + (process.pid % 250)}.255.${addresses}`;
}
