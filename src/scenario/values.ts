import type { CountValue, DurationValue } from '../suite/values-schema.ts';
import type { Target } from '../subject/target.ts';
import { Canary } from './canary.ts';

/** What `$name` may stand for: the times of the run, the identity of the device, captures of this test. */
export class Values {
  readonly #target: Target;
  readonly #captures = new Map<string, string>();
  #canary: Canary | undefined;

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

  /** Text in which every `$name` that is known is replaced, written as its surroundings need it. */
  text(value: string, written: (text: string) => string = (text) => text): string {
    return value.replace(/\$(\w+)/g, (whole, name: string) => {
      const found = this.#find(name);
      return found === undefined ? whole : written(found);
    });
  }

  /** Takes back what a value left on this machine. */
  dispose(): void {
    this.#canary?.remove();
    this.#canary = undefined;
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
    if (name === 'otherNcsId') return this.#target.otherNcsId;
    if (name === 'canary' || name === 'canaryUrl') {
      this.#canary ??= new Canary();
      return name === 'canary' ? this.#canary.text : this.#canary.url;
    }
    if (name === 'connections') return String(this.#target.maxConnections);
    return undefined;
  }
}
