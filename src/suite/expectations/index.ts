import type { z } from 'zod';
import { namedKinds } from '../../document/kinds.ts';
import type { Used } from '../names.ts';
import type { Before } from '../verbs/verb.ts';
import { accepted } from './accepted.ts';
import { answered } from './answered.ts';
import { check } from './check.ts';
import { churn } from './churn.ts';
import { descriptors } from './descriptors.ts';
import { ended } from './ended.ts';
import type { ExpectationDefinition } from './expectation.ts';
import { listening } from './listening.ts';
import { never } from './never.ts';
import { no } from './no.ts';
import { open } from './open.ts';
import { outcome } from './outcome.ts';
import { own } from './own.ts';
import { path } from './path.ts';
import { released } from './released.ts';
import { serving } from './serving.ts';
import { state } from './state.ts';

/** Every kind of expectation, under the key that says which it is. */
export const EXPECTATIONS = {
  released,
  state,
  outcome,
  ended,
  open,
  serving,
  listening,
  answered,
  accepted,
  no,
  path,
  check,
  own,
  never,
  descriptors,
  churn,
};

/** What an expectation can be about. */
export type ExpectationKind = keyof typeof EXPECTATIONS;

type Arguments = { [K in ExpectationKind]: (typeof EXPECTATIONS)[K]['arguments'] };

/** The expectation of one kind, or of one of several, without what it covers, which stands in its step. */
export type ExpectationOf<K extends ExpectationKind> = {
  [One in K]: { kind: One } & Omit<z.output<Arguments[One]>, 'covers'>;
}[K];

/** What is asserted; every kind is one predicate over the history. `on` may name a group of connections. */
export type Expectation = ExpectationOf<ExpectationKind>;

/** The arguments of `expect`: exactly one kind. */
export const EXPECTATION = namedKinds(
  'expectation',
  Object.fromEntries(
    Object.entries(EXPECTATIONS).map(([kind, definition]) => [kind, definition.arguments]),
  ) as Arguments,
);

/** The names of earlier steps that an expectation uses. */
export function usesOf(expected: Expectation): Used[] {
  return definitionOf(expected).uses?.(expected) ?? [];
}

/** The connections that the device has ended where an expectation holds. */
export function endsOf(expected: Expectation): string[] {
  return definitionOf(expected).ends?.(expected) ?? [];
}

/** Takes over what only the steps before an expectation can say. */
export function completeExpectation(expected: Expectation, before: Before): void {
  definitionOf(expected).complete?.(expected, before);
}

function definitionOf({ kind }: Expectation): ExpectationDefinition<z.ZodType<object>> {
  return EXPECTATIONS[kind] as unknown as ExpectationDefinition<z.ZodType<object>>;
}
