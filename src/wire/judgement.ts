import type { MosElement } from './types.ts';

/** What is wrong at one place of a message. */
export type Violation = 'missing' | 'misplaced' | 'unexpected' | 'value' | 'empty';

/** What a statement is about, as data. */
export interface Wrong {
  violation: Violation;
  /** The element or attribute that is meant: the one that is missing, out of place or badly filled. */
  name: string;
  /** The value that is wrong. */
  value?: string;
}

/** A statement about one element: a violation, or something worth saying that is none. */
export type Judgement = { about: MosElement; /** One clause, without a full stop. */ text: string } & (
  { kind: 'problem'; wrong: Wrong } | { kind: 'note' }
);
