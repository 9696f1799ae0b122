import { symptom, type Symptom } from '../history/symptoms.ts';
import type { Violation } from '../wire/judgement.ts';
import type { MosElement } from '../wire/types.ts';
import type { ValidationProblem } from '../wire/validate.ts';

const CODES = {
  missing: 'missing-element',
  misplaced: 'misplaced-element',
  unexpected: 'unexpected-element',
  value: 'bad-value',
  empty: 'empty-value',
} as const satisfies Record<Violation, Symptom['code']>;

/** A violation of the DTD or the field list as a symptom of a message; `quote` is what a person reads. */
export function symptomOf({ wrong, text }: ValidationProblem, message: string, quote = text): Symptom {
  if (!wrong) return symptom('broken-form', { message, quote });
  return symptom(CODES[wrong.violation], { message, field: wrong.name, quote });
}

/** Whether a missing element stands there in wrong capitals: it is not missing, and its spelling is judged elsewhere. */
export function isMisspelt({ wrong }: ValidationProblem, body: MosElement | undefined): boolean {
  if (wrong?.violation !== 'missing') return false;
  const missing = wrong.name.toLowerCase();
  return body?.children.some(({ name }) => name.toLowerCase() === missing) ?? false;
}
