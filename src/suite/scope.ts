import { closest } from '../document/similar.ts';
import type { Made, NameKind } from './names.ts';
import { VERBS } from './verbs/index.ts';

const NOUNS: Record<NameKind, string> = {
  connection: 'opens a connection',
  listener: 'listens',
  churn: 'churns',
  sent: 'sends a message',
  received: 'receives a message',
  capture: 'captures a text',
};

const KINDS = Object.keys(NOUNS) as NameKind[];

/** The names that the steps so far have made. A name may stand for several connections. */
export class Scope {
  readonly #names = new Map<NameKind, Set<string>>();
  readonly #senders = new Map<string, string>();
  readonly #ended = new Set<string>();

  /** @param like starts with everything of this scope */
  constructor(like?: Scope) {
    if (like) this.addAll(like);
  }

  /** Remembers a name that a step made. */
  add({ kind, name, on }: Made): void {
    const names = this.#names.get(kind) ?? new Set();
    this.#names.set(kind, names.add(name));
    if (on !== undefined) this.#senders.set(name, on);
    if (kind === 'connection') this.#ended.delete(name);
  }

  /** Remembers that the connections of a name have been ended. */
  end(name: string): void {
    this.#ended.add(name);
  }

  /** Remembers every name of a step that is itself broken, so that what refers to it is not reported too. */
  addFromBroken(step: unknown): void {
    for (const name of namesIn(step, 'as')) for (const kind of KINDS) this.add({ kind, name });
    for (const name of namesIn(step, 'on')) this.end(name);
  }

  /** Remembers everything of another scope. */
  addAll(other: Scope): void {
    for (const [kind, names] of other.#names) {
      this.#names.set(kind, new Set([...(this.#names.get(kind) ?? []), ...names]));
    }
    for (const [label, on] of other.#senders) this.#senders.set(label, on);
    for (const name of other.#ended) this.#ended.add(name);
  }

  /** The connection on which the request of this name was sent. */
  senderOf(label: string): string | undefined {
    return this.#senders.get(label);
  }

  /** What earlier steps captured. */
  get captures(): ReadonlySet<string> {
    return this.#names.get('capture') ?? new Set();
  }

  /** What is wrong with a reference to one of these kinds; undefined where nothing is. */
  complaint(kinds: readonly NameKind[], name: string): string | undefined {
    const known = kinds.flatMap((kind) => [...(this.#names.get(kind) ?? [])]);
    if (known.includes(name)) return undefined;
    const meant = closest(name, known);
    const doing = [...new Set(kinds.map((kind) => NOUNS[kind]))].join(' or ');
    return `no earlier step ${doing} called "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
  }

  /** What is wrong with counting on the end of these connections; undefined where nothing is. */
  whyNotEnded(name: string): string | undefined {
    if (this.#ended.has(name) || this.#names.get('churn')?.has(name)) return undefined;
    return `"${name}" cannot be released yet: no earlier step ends it; did you mean to put "close: ${name}" before this?`;
  }
}

/** The names in a step that is not well-formed: what stands alone behind a verb, what `key` gives, what is captured. */
function* namesIn(value: unknown, key: 'as' | 'on'): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const [only, ...rest] = Object.values(value);
  if (rest.length === 0 && typeof only === 'string') yield only;
  for (const [at, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && (at === key || Object.hasOwn(VERBS, at))) yield inner;
    else if (at === 'capture' && typeof inner === 'object' && inner !== null) yield* Object.keys(inner);
    else yield* namesIn(inner, key);
  }
}
