import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { Listener, type ListenerOptions } from './listener.ts';

/** What the NCS's own listeners have in common, and the ports on which they stand. */
export interface NewsroomOptions extends Omit<ListenerOptions, 'portName' | 'port'> {
  ports: Partial<Record<PortName, number>>;
}

/** The NCS's own ports for a device that dials in; empty where no such port was asked for. */
export class Newsroom {
  readonly #listeners: ReadonlyMap<PortName, Listener>;
  /** Why a port that was asked for does not listen: our own affair, never the device's. */
  readonly problems: ReadonlyMap<PortName, string>;

  private constructor(listeners: Map<PortName, Listener>, problems: Map<PortName, string>) {
    this.#listeners = listeners;
    this.problems = problems;
  }

  /** Listens on every port that was asked for; never rejects. */
  static async open({ ports, ...shared }: NewsroomOptions): Promise<Newsroom> {
    const listeners = new Map<PortName, Listener>();
    const problems = new Map<PortName, string>();
    for (const portName of PORT_NAMES) {
      const port = ports[portName];
      if (port === undefined) continue;
      const opened = await Listener.open({ ...shared, portName, port });
      if ('problem' in opened) problems.set(portName, opened.problem);
      else listeners.set(portName, opened);
    }
    return new Newsroom(listeners, problems);
  }

  /** The listener of a port, where it listens. */
  listener(port: PortName): Listener | undefined {
    return this.#listeners.get(port);
  }

  /** The ports on which the device has called so far. */
  get called(): PortName[] {
    return [...this.#listeners.values()].filter(({ count }) => count > 0).map(({ portName }) => portName);
  }

  /** Addresses that dialled and were turned away, because they are not the device's. */
  get strangers(): string[] {
    return [...new Set([...this.#listeners.values()].flatMap(({ strangers }) => [...strangers]))];
  }

  /** Waits until the device has called on every port, at most so many ms. */
  async untilCalled(ms: number, signal: AbortSignal): Promise<void> {
    const silent = [...this.#listeners.values()].filter(({ count }) => count === 0);
    await Promise.all(silent.map((listener) => untilCall([listener], ms, signal)));
  }

  /** After a test: the usual answers again, and every call back in the NCS's own hands. */
  reset(): void {
    for (const listener of this.#listeners.values()) listener.reset();
  }

  /** Stops listening and ends every call. */
  close(): void {
    for (const listener of this.#listeners.values()) listener.close();
  }
}

/** Waits for the next call on any of these ports, at most so many ms, or until the signal comes. */
export function untilCall(listeners: readonly Listener[], ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      for (const forget of forgets) forget();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    // Whoever does not wait to the end must not keep the process: the listeners do while they stand.
    const timer = setTimeout(finish, ms).unref();
    const forgets = listeners.map((listener) => listener.onCall(finish));
    if (signal.aborted) return finish();
    signal.addEventListener('abort', finish);
  });
}
