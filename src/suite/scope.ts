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

  /** @param like starts with everything of this scope */
  constructor(like?: Scope) {
    if (like) this.addAll(like);
  }

  /** Remembers a name that a step made. */
  add({ kind, name, on }: Made): void {
    const names = this.#names.get(kind) ?? new Set();
    this.#names.set(kind, names.add(name));
    if (on !== undefined) this.#senders.set(name, on);
  }

  /** Remembers every name of a step that is itself broken, so that what refers to it is not reported too. */
  addFromBroken(step: unknown): void {
    for (const name of namesIn(step)) for (const kind of KINDS) this.add({ kind, name });
  }

  /** Remembers everything of another scope. */
  addAll(other: Scope): void {
    for (const [kind, names] of other.#names) for (const name of names) this.add({ kind, name });
    for (const [label, on] of other.#senders) this.#senders.set(label, on);
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
}

function* namesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const [only, ...rest] = Object.values(value);
  if (rest.length === 0 && typeof only === 'string') yield only;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && (key === 'as' || Object.hasOwn(VERBS, key))) yield inner;
    else if (key === 'capture' && typeof inner === 'object' && inner !== null) yield* Object.keys(inner);
    else yield* namesIn(inner);
  }
}
