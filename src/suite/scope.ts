import { closest } from '../document/similar.ts';
import type { Step } from './model.ts';

/** What a step can refer to. */
export type NameKind = 'connection' | 'listener' | 'churn' | 'sent' | 'received';

const NOUNS: Record<NameKind, string> = {
  connection: 'opens a connection',
  listener: 'listens',
  churn: 'churns',
  sent: 'sends a message',
  received: 'receives a message',
};

/** The names that the steps so far have made. A name may stand for several connections. */
export class Scope {
  readonly #names = new Map<NameKind, Set<string>>();
  readonly #senders = new Map<string, string>();
  readonly #captures = new Set<string>();

  /** @param like starts with everything of this scope */
  constructor(like?: Scope) {
    if (like) this.addAll(like);
  }

  /** Remembers a name. */
  add(kind: NameKind, name: string): void {
    const names = this.#names.get(kind) ?? new Set();
    this.#names.set(kind, names.add(name));
  }

  /** Remembers every name of a step that is itself broken, so that what refers to it is not reported too. */
  addFromBroken(step: unknown): void {
    for (const name of namesIn(step)) {
      for (const kind of Object.keys(NOUNS) as NameKind[]) this.add(kind, name);
      this.#captures.add(name);
    }
  }

  /** Remembers what a checked step makes. */
  addFrom(step: Step): void {
    switch (step.verb) {
      case 'connect':
      case 'reconnect':
      case 'accept':
        return this.add('connection', step.as);
      case 'listen':
        return this.add('listener', step.as);
      case 'churn':
        return this.add('churn', step.as);
      case 'send':
      case 'exchange':
      case 'receive':
        return this.#addMessage(step);
    }
  }

  /** Remembers everything of another scope. */
  addAll(other: Scope): void {
    for (const [kind, names] of other.#names) for (const name of names) this.add(kind, name);
    for (const [label, on] of other.#senders) this.#senders.set(label, on);
    for (const capture of other.#captures) this.#captures.add(capture);
  }

  /** The connection on which the request of this name was sent. */
  senderOf(label: string): string | undefined {
    return this.#senders.get(label);
  }

  /** What earlier steps captured. */
  get captures(): ReadonlySet<string> {
    return this.#captures;
  }

  /** What is wrong with a reference to one of these kinds; undefined where nothing is. */
  complaint(kinds: readonly NameKind[], name: string): string | undefined {
    const known = kinds.flatMap((kind) => [...(this.#names.get(kind) ?? [])]);
    if (known.includes(name)) return undefined;
    const meant = closest(name, known);
    const doing = [...new Set(kinds.map((kind) => NOUNS[kind]))].join(' or ');
    return `no earlier step ${doing} called "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
  }

  #addMessage(step: Step & { verb: 'send' | 'exchange' | 'receive' }): void {
    if (step.as !== undefined) {
      if (step.verb !== 'receive') {
        this.add('sent', step.as);
        this.#senders.set(step.as, step.on);
      }
      if (step.verb !== 'send') this.add('received', step.as);
    }
    if (step.verb !== 'send') for (const name of Object.keys(step.capture ?? {})) this.#captures.add(name);
  }
}

function* namesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const [only, ...rest] = Object.values(value);
  if (rest.length === 0 && typeof only === 'string') yield only;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && ['as', 'connect', 'listen', 'reconnect'].includes(key)) yield inner;
    else if (key === 'capture' && typeof inner === 'object' && inner !== null) yield* Object.keys(inner);
    else yield* namesIn(inner);
  }
}
