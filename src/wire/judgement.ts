import type { MosElement } from './types.ts';

/** A statement about one element: a violation, or something worth saying that is none. */
export interface Judgement {
  kind: 'problem' | 'note';
  about: MosElement;
  /** One clause, without a full stop. */
  text: string;
}
