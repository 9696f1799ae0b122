import { REFERENCE } from '../document/quantities.ts';
import { didYouMean } from '../document/similar.ts';
import { REQUIREMENTS } from '../requirements/catalogue.ts';
import type { Complaint } from './complaint.ts';
import { TEXT_PARAMETERS } from './parameters.ts';
import type { Scope } from './scope.ts';
import { referringKeys } from './references.ts';
import { definitionOf, VERBS, type Step } from './verbs/index.ts';

/** The arguments of each verb whose text may hold a parameter or a capture, at any depth below them. */
const REFERRING = new Map<string, ReadonlySet<string>>(
  Object.entries(VERBS).map(([verb, definition]) => [verb, new Set(referringKeys(definition.arguments))]),
);

/** What a schema cannot see: names that no earlier step made, unknown parameters and requirements. */
export function checkStep(step: Step, written: unknown, scope: Scope): Complaint[] {
  const uses = definitionOf(step).uses?.(step) ?? [];
  const unnamed = uses.flatMap(({ key, name, kinds, ended }) => {
    const text = scope.complaint(kinds, name) ?? (ended && scope.whyNotEnded(name));
    return text === undefined ? [] : [{ path: [key], text }];
  });
  return [...unnamed, ...unknownCovers(step, written), ...unknownParameters(step, written, scope)];
}

function unknownCovers(step: Step, written: unknown): Complaint[] {
  const list = isMap(written) && Array.isArray(written['covers']);
  return step.covers.flatMap((id, index) => {
    if (REQUIREMENTS.has(id)) return [];
    const path = list ? ['covers', index] : ['covers'];
    return [{ path, text: `unknown requirement "${id}"${didYouMean(id, REQUIREMENTS.keys())}` }];
  });
}

function unknownParameters({ verb }: Step, written: unknown, scope: Scope): Complaint[] {
  if (!isMap(written)) return [];
  return Object.entries(written)
    .filter(([key]) => REFERRING.get(verb)?.has(key))
    .flatMap(([key, value]) => [...textsIn(value, [key])])
    .flatMap(({ path, text }) => {
      const name = REFERENCE.exec(text)?.[1];
      if (name === undefined || scope.captures.has(name) || TEXT_PARAMETERS.includes(name)) return [];
      const known = [...TEXT_PARAMETERS, ...scope.captures].map((one) => `$${one}`);
      return [{ path, text: `unknown parameter "${text}"${didYouMean(text, known)}` }];
    });
}

function* textsIn(
  value: unknown,
  path: readonly PropertyKey[],
): Generator<{ path: PropertyKey[]; text: string }> {
  if (typeof value === 'string') yield { path: [...path], text: value };
  else if (Array.isArray(value))
    for (const [index, one] of value.entries()) yield* textsIn(one, [...path, index]);
  else if (isMap(value)) for (const [key, one] of Object.entries(value)) yield* textsIn(one, [...path, key]);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
