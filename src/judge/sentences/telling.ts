import type { Symptom, SymptomCode, SymptomOf } from '../../history/symptoms.ts';

/** How one kind of symptom is told; `tell` tells the cause beneath it. */
export type Sentence<C extends SymptomCode> = (
  symptom: SymptomOf<C>,
  tell: (cause: Symptom | undefined) => string,
) => string;

/** The sentences of some codes. */
export type Sentences<C extends SymptomCode> = { [K in C]: Sentence<K> };
