import type { Symptom, SymptomCode } from '../../history/symptoms.ts';
import { ANSWERS } from './answers.ts';
import { ENDINGS } from './endings.ts';
import { LOAD } from './load.ts';
import { MESSAGES } from './messages.ts';
import { OPENING } from './opening.ts';
import type { Sentences } from './telling.ts';

/** Every code has its sentence here and nowhere else. */
const SENTENCES: Sentences<SymptomCode> = { ...OPENING, ...ANSWERS, ...ENDINGS, ...LOAD, ...MESSAGES };

/** What a symptom says to a person: one clause, without a full stop. */
export function sentenceOf(symptom: Symptom): string {
  const tell = (cause: Symptom | undefined): string => (cause ? sentenceOf(cause) : 'nothing more is known');
  const sentence = SENTENCES[symptom.code] as (one: Symptom, tell: (cause?: Symptom) => string) => string;
  const told = sentence(symptom, tell);
  return symptom.remark === undefined ? told : `${told}; ${symptom.remark}`;
}
