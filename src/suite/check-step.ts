import { REFERENCE } from '../document/quantities.ts';
import { didYouMean } from '../document/similar.ts';
import { REQUIREMENTS } from '../requirements/catalogue.ts';
import { CONTENT_KEYS } from './message-schema.ts';
import type { Step } from './model.ts';
import { TEXT_PARAMETERS } from './parameters.ts';
import { referencesOf } from './references.ts';
import type { Scope } from './scope.ts';

/** Something wrong with a well-formed step; `path` leads from the arguments of its verb. */
export interface StepComplaint {
  path: readonly PropertyKey[];
  text: string;
}

/** Keys whose text may hold a reference to a capture or a parameter, at any depth below them. */
const TEXT_KEYS = new Set(['with', 'fields', 'equals', 'one-of', 'matches']);

/**
 * What a schema cannot see: names that no earlier step made, unknown parameters and requirements, keys that
 * cannot stand together.
 */
export function checkStep(step: Step, written: unknown, scope: Scope): StepComplaint[] {
  const named = referencesOf(step).flatMap(({ key, name, kinds }) => {
    const text = scope.complaint(kinds, name);
    return text === undefined ? [] : [{ path: [key], text }];
  });
  return [
    ...named,
    ...unknownCovers(step, written),
    ...unknownParameters(written, scope),
    ...misfits(step, written),
  ];
}

function unknownCovers(step: Step, written: unknown): StepComplaint[] {
  const list = isMap(written) && Array.isArray(written['covers']);
  return step.covers.flatMap((id, index) => {
    if (REQUIREMENTS.has(id)) return [];
    const path = list ? ['covers', index] : ['covers'];
    return [{ path, text: `unknown requirement "${id}"${didYouMean(id, REQUIREMENTS.keys())}` }];
  });
}

function unknownParameters(written: unknown, scope: Scope): StepComplaint[] {
  if (!isMap(written)) return [];
  return Object.entries(written)
    .filter(([key]) => TEXT_KEYS.has(key))
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

function misfits(step: Step, written: unknown): StepComplaint[] {
  const keys = isMap(written) ? Object.keys(written) : [];
  if (step.verb === 'send' || step.verb === 'exchange') return contentMisfits(keys);
  if (step.verb === 'wait' && step.until !== undefined && step.on === undefined) {
    return [{ path: ['until'], text: 'missing key "on": the connection whose FIN is awaited' }];
  }
  if (step.verb !== 'expect') return [];
  const { expect } = step;
  if (expect.kind === 'field')
    return exactlyOne(keys, ['equals', 'matches', 'exists', 'one-of'], 'what must be at the path');
  if (expect.kind === 'no-message' && isMap(written)) {
    const answer = written['no'] === 'answer';
    if (answer && expect.answers === undefined) {
      return [{ path: [], text: 'missing key "to": the request that must not be answered' }];
    }
    if (!answer && expect.answers !== undefined) {
      return [{ path: ['to'], text: '"to" stands with "no: answer" only' }];
    }
  }
  return [];
}

/** Ways of delivery that would disturb splitting at one place after the other. */
const ONE_DELIVERY = ['split', 'drip', 'cut', 'fin', 'endless', 'copies', 'times', 'capture'];

function contentMisfits(keys: readonly string[]): StepComplaint[] {
  const splits = keys.includes('splits') ? keys.filter((key) => ONE_DELIVERY.includes(key)).slice(0, 1) : [];
  const complaints = [...atMostOne(keys, CONTENT_KEYS), ...atMostOne(keys, ['splits', ...splits])];
  const whole = keys.find((key) => key === 'raw' || key === 'hex');
  if (whole === undefined || complaints.length > 0) return complaints;
  return ['with', 'fields', 'extra', 'dialect', 'form', 'pad']
    .filter((key) => keys.includes(key))
    .map((key) => ({
      path: [key],
      text: `"${key}" changes nothing in "${whole}", which is the whole message`,
    }));
}

function exactlyOne(keys: readonly string[], choices: readonly string[], what: string): StepComplaint[] {
  if (choices.some((choice) => keys.includes(choice))) return atMostOne(keys, choices);
  return [{ path: [], text: `missing ${what}: one of ${choices.join(', ')}` }];
}

function atMostOne(keys: readonly string[], choices: readonly string[]): StepComplaint[] {
  const chosen = choices.filter((choice) => keys.includes(choice));
  const [, second] = chosen;
  if (second === undefined) return [];
  return [{ path: [second], text: `${chosen.map((key) => `"${key}"`).join(' and ')} cannot stand together` }];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
