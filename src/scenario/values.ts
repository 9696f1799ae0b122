import type { CountValue, DurationValue } from '../suite/model.ts';
import type { Target } from '../target/target.ts';

/** What `$name` may stand for: the times of the run, the identity of the device, captures of this test. */
export class Values {
  readonly #target: Target;
  readonly #captures = new Map<string, string>();

  constructor(target: Target) {
    this.#target = target;
  }

  /** Remembers what a `capture` found. */
  capture(name: string, value: string): void {
    this.#captures.set(name, value);
  }

  /** A duration in ms. */
  ms(value: DurationValue): number {
    return typeof value === 'number' ? value : Number(this.#lookUp(value));
  }

  /** A count. */
  count(value: CountValue): number {
    return typeof value === 'number' ? value : Number(this.#lookUp(value));
  }

  /** Text in which every `$name` that is known is replaced. */
  text(value: string): string {
    return value.replace(/\$(\w+)/g, (whole, name: string) => this.#find(name) ?? whole);
  }

  #lookUp(reference: string): string {
    const name = reference.slice(1);
    const found = this.#find(name);
    if (found === undefined) throw new Error(`nothing is called $${name}`);
    return found;
  }

  #find(name: string): string | undefined {
    const captured = this.#captures.get(name);
    if (captured !== undefined) return captured;
    if (name in this.#target.times) return String(this.#target.times[name as keyof Target['times']]);
    if (name === 'mosId') return this.#target.mosId;
    if (name === 'ncsId') return this.#target.ncsId;
    if (name === 'connections') return String(this.#target.maxConnections);
    return undefined;
  }
}
