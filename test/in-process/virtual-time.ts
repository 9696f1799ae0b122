import { createRequire, syncBuiltinESMExports } from 'node:module';
import { VirtualTimer, type Callback } from './virtual-timer.ts';

/** By how many ms a look at the clock moves it on, so that no two moments are the same. */
const LOOK_MS = 0.001;

const promises = createRequire(import.meta.url)('node:timers/promises') as Record<string, unknown>;

/** The clock and the timers of this process while they are real. */
const REAL = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  pause: promises['setTimeout'],
  nextTurn: promises['setImmediate'],
};

let running = false;

/**
 * Runs work in a time of its own: while anything can go on, the clock stands still, however long that really takes;
 * when everything waits, the clock jumps to the first timer that is due. Waits cost nothing then, and a busy machine
 * cannot make anything late. Only for work without sockets, files and other processes, and for one at a time.
 */
export async function inVirtualTime<T>(work: () => Promise<T>): Promise<T> {
  if (running) throw new Error('virtual time runs already');
  running = true;
  const time = new VirtualTime();
  time.install();
  try {
    return await Promise.race([work().finally(() => time.end()), time.drive()]);
  } finally {
    uninstall();
    running = false;
  }
}

class VirtualTime {
  #nowMs = performance.now();
  #turns = 0;
  #ended = false;
  readonly #timers = new Set<VirtualTimer>();

  end(): void {
    this.#ended = true;
  }

  /** Lets what can go on go on, then fires the next timer, until the work has ended. */
  async drive(): Promise<never> {
    while (!this.#ended) {
      await new Promise((resolve) => REAL.setImmediate(resolve));
      if (this.#turns > 0) continue;
      const next = this.#next();
      if (next) this.#fire(next);
      else await new Promise((resolve) => REAL.setTimeout(resolve, 1));
    }
    return new Promise<never>(() => {});
  }

  install(): void {
    const add = (callback: Callback, ms = 0, args: unknown[], every = false): VirtualTimer => {
      const timer = new VirtualTimer(callback, args, {
        dueMs: this.#nowMs + Math.max(1, ms),
        every: every ? ms : undefined,
      });
      this.#timers.add(timer);
      return timer;
    };
    const clear = (real: (timer: never) => void) => (timer: unknown) => {
      if (timer instanceof VirtualTimer) this.#timers.delete(timer);
      else real(timer as never);
    };
    const turn = (callback: Callback, ...args: unknown[]): unknown => {
      this.#turns += 1;
      return REAL.setImmediate(() => {
        this.#turns -= 1;
        callback(...args);
      });
    };
    Object.assign(globalThis, {
      setTimeout: (callback: Callback, ms?: number, ...args: unknown[]) => add(callback, ms, args),
      setInterval: (callback: Callback, ms?: number, ...args: unknown[]) => add(callback, ms, args, true),
      clearTimeout: clear(REAL.clearTimeout),
      clearInterval: clear(REAL.clearInterval),
      setImmediate: turn,
    });
    promises['setTimeout'] = (ms: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          this.#timers.delete(timer);
          reject(signal?.reason as Error);
        };
        const timer = add(
          () => {
            signal?.removeEventListener('abort', stop);
            resolve(value);
          },
          ms,
          [],
        );
        if (signal?.aborted) stop();
        else signal?.addEventListener('abort', stop, { once: true });
      });
    promises['setImmediate'] = (value: unknown) => new Promise((resolve) => turn(() => resolve(value)));
    syncBuiltinESMExports();
    Object.defineProperty(performance, 'now', { value: () => (this.#nowMs += LOOK_MS), configurable: true });
  }

  /** The timer that is due first; none while nobody waits for one, but for something real. */
  #next(): VirtualTimer | undefined {
    let first: VirtualTimer | undefined;
    let isAwaited = false;
    for (const timer of this.#timers) {
      isAwaited ||= timer.hasRef();
      if (!first || timer.dueMs < first.dueMs) first = timer;
    }
    return isAwaited ? first : undefined;
  }

  #fire(timer: VirtualTimer): void {
    this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
    if (timer.again === undefined) this.#timers.delete(timer);
    else timer.dueMs += timer.again;
    timer.run();
  }
}

function uninstall(): void {
  const { pause, nextTurn, ...globals } = REAL;
  Object.assign(globalThis, globals);
  Object.assign(promises, { setTimeout: pause, setImmediate: nextTurn });
  syncBuiltinESMExports();
  Reflect.deleteProperty(performance, 'now');
}
