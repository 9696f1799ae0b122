import { z } from 'zod';
import { oneOfKinds } from '../document/kinds.ts';
import { name, text } from '../document/schemas.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { CHECKS } from './checks.ts';
import { expectationArguments } from './expectation-schema.ts';
import { exchangeArguments, sendArguments } from './message-schema.ts';
import { HABITS, type Verb } from './model.ts';
import {
  capture,
  countValue,
  covers,
  durationValue,
  onConnection,
  orShort,
  portChoice,
} from './values-schema.ts';

/** The steps inside another step; checked with everything else, made into the model one by one. */
const innerSteps: z.ZodType<unknown[]> = z.array(z.lazy(() => stepSchema)).min(1);

const revisionRange = text.pipe(
  z.string().regex(/^(>=|<=|>|<|=)?\s*2\.(6|8\.[0-5])$/, {
    error: 'expected a revision such as ">=2.8.1" or "2.6"',
  }),
);

const requirement = oneOfKinds('requirement', {
  habit: z.strictObject({
    habit: z
      .string()
      .transform((said) => ({ habit: said.replace(/^not\s+/, ''), is: !/^not\s/.test(said) }))
      .pipe(z.object({ habit: z.enum(HABITS), is: z.boolean() })),
  }),
  privilege: z.strictObject({
    privilege: z.enum(['vanish', 'descriptors', 'device-vantage', 'local-files']),
  }),
  connections: z.strictObject({ connections: countValue }),
  claims: z.strictObject({
    claims: z
      .union([
        z.int(),
        z.string().regex(/^profile [0-7]$/, { error: 'expected a profile such as "profile 2"' }),
      ])
      .transform((said) => Number(String(said).replace(/^profile /, '')))
      .pipe(z.int().min(0).max(7)),
    on: name.optional().describe('A listMachInfo to ask, instead of the device file'),
  }),
  check: z.strictObject({ check: z.enum(CHECKS), on: name }),
  identities: z.strictObject({ identities: z.literal(2) }),
  revision: z.strictObject({ revision: revisionRange }),
  ports: z.strictObject({ ports: z.array(z.enum(PORT_NAMES)).min(1) }),
  closed: z.strictObject({ closed: name.describe('The connection that the device must have ended') }),
  answered: z.strictObject({ answered: name.describe('An earlier request') }),
});

/** The arguments of every verb. */
export const ARGUMENTS = {
  connect: orShort(
    name,
    z.strictObject({
      as: name.describe('A name for the connection, or for all of them'),
      port: portChoice.optional(),
      count: countValue.optional(),
      from: z
        .strictObject({
          port: z.string().regex(/^(own|same-as [A-Za-z][\w-]*)$/, {
            error: 'expected "own", or "same-as NAME", NAME an earlier connection',
          }),
        })
        .optional(),
      covers: covers.optional(),
    }),
    (as) => ({ as }),
  ),
  send: sendArguments,
  receive: z.strictObject({
    on: name,
    answers: name.optional().describe('The request that it must answer'),
    as: name.optional().describe('A name for what is received'),
    within: durationValue.optional(),
    capture: capture.optional(),
    covers: covers.optional(),
  }),
  exchange: exchangeArguments,
  'half-close': onConnection,
  close: onConnection,
  abort: onConnection,
  vanish: onConnection,
  'pause-reading': onConnection,
  'resume-reading': onConnection,
  reconnect: orShort(
    name,
    z.strictObject({
      on: name.describe('The connection before'),
      as: name.optional().describe('A name for the new one; without it, the same'),
      'same-port': z.boolean().optional(),
      covers: covers.optional(),
    }),
    (on) => ({ on }),
  ),
  listen: orShort(
    name,
    z.strictObject({ as: name, port: portChoice.optional(), covers: covers.optional() }),
    (as) => ({ as }),
  ),
  accept: z.strictObject({
    on: name.describe('What listens'),
    as: name.describe('A name for the connection'),
    within: durationValue.optional(),
    covers: covers.optional(),
  }),
  wait: orShort(
    durationValue,
    z.strictObject({
      for: durationValue,
      until: z.enum(['fin', 'answer', 'message']).optional(),
      on: name.optional(),
      covers: covers.optional(),
    }),
    (time) => ({ for: time }),
  ),
  repeat: z.strictObject({ times: countValue, steps: innerSteps, covers: covers.optional() }),
  parallel: z.array(innerSteps).min(1),
  answer: z.strictObject({
    on: name,
    to: text.describe('The message that the device originates'),
    with: text.optional(),
    delay: durationValue.optional(),
    times: countValue.optional(),
    not: z.boolean().optional(),
    covers: covers.optional(),
  }),
  churn: z.strictObject({
    as: name,
    port: z.enum([...PORT_NAMES, 'each', 'other']).optional(),
    cycles: countValue.describe('Connections to open, use and end'),
    concurrency: countValue.optional().describe('Connections at once; 1 without it'),
    rate: z.number().positive().optional().describe('Cycles per second at most'),
    within: durationValue.optional().describe('Time after which no cycle is begun; $churnTime without it'),
    'at-least': countValue.optional().describe('Cycles that are begun even so; 50 without it'),
    message: text
      .optional()
      .describe(
        'What is asked; without it what the device answered before, none for connections without data',
      ),
    close: z
      .enum(['close', 'half-close', 'abort', 'mixed'])
      .optional()
      .describe('How the NCS ends each connection; mixed is each of the three in turn'),
    beside: name.optional().describe('A connection that must be served all the while'),
    covers: covers.optional(),
  }),
  require: requirement,
  expect: expectationArguments,
} satisfies Record<Verb, z.ZodType>;

/** A checked step as written: one verb with its arguments. */
export type WrittenStep = { [V in Verb]: Record<V, z.output<(typeof ARGUMENTS)[V]>> }[Verb];

/** The verbs in the order in which the documentation has them. */
export const VERBS = Object.keys(ARGUMENTS) as Verb[];

/** One step: exactly one verb. */
export const stepSchema: z.ZodType<unknown> = oneOfKinds(
  'verb',
  Object.fromEntries(
    Object.entries(ARGUMENTS).map(([verb, schema]) => [verb, z.strictObject({ [verb]: schema })]),
  ),
);
