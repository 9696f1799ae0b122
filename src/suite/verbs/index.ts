import { z } from 'zod';
import { oneOfKinds } from '../../document/kinds.ts';
import type { FilePosition } from '../../document/problem.ts';
import { abort } from './abort.ts';
import { accept } from './accept.ts';
import { answer } from './answer.ts';
import { burst } from './burst.ts';
import { churn } from './churn.ts';
import { close } from './close.ts';
import { connect } from './connect.ts';
import { exchange } from './exchange.ts';
import { expect } from './expect.ts';
import { grid } from './grid.ts';
import { halfClose } from './half-close.ts';
import { listen } from './listen.ts';
import { parallel } from './parallel.ts';
import { play } from './play.ts';
import { pauseReading } from './pause-reading.ts';
import { receive } from './receive.ts';
import { reconnect } from './reconnect.ts';
import { repeat } from './repeat.ts';
import { require } from './require.ts';
import { resumeReading } from './resume-reading.ts';
import { send } from './send.ts';
import { vanish } from './vanish.ts';
import type { VerbDefinition } from './verb.ts';
import { wait } from './wait.ts';

/** Steps inside a step: an interface, because a type that leads back to itself through a schema has to be one. */
interface InnerSteps extends Array<Step> {
  [index: number]: Step;
}

const innerSteps = z.array(z.lazy(() => stepSchema)).min(1) as unknown as z.ZodType<InnerSteps>;

const rowSteps = z.array(z.lazy(() => stepSchema)) as unknown as z.ZodType<InnerSteps>;

/** Every verb, in the order in which the documentation has them. */
export const VERBS = {
  connect,
  send,
  receive,
  exchange,
  'half-close': halfClose,
  close,
  abort,
  vanish,
  'pause-reading': pauseReading,
  'resume-reading': resumeReading,
  reconnect,
  listen,
  accept,
  answer,
  wait,
  repeat: repeat(innerSteps),
  parallel: parallel(innerSteps),
  grid: grid(innerSteps, rowSteps),
  play,
  churn,
  burst,
  require,
  expect,
};

/** The name of a verb. */
export type Verb = keyof typeof VERBS;

/** The step of one verb, or of one of several: what its arguments give, and where it stands. */
export type StepOf<V extends Verb> = {
  [One in V]: { verb: One; position: FilePosition } & z.output<(typeof VERBS)[One]['arguments']>;
}[V];

/** One step of a test. */
export type Step = StepOf<Verb>;

/** One step as written: exactly one verb with its arguments. Its place in the file it gets from the reader. */
export const stepSchema: z.ZodType<Omit<Step, 'position'>> = oneOfKinds(
  'verb',
  Object.fromEntries(
    Object.entries(VERBS).map(([verb, definition]) => [
      verb,
      z.strictObject({ [verb]: definition.arguments as z.ZodType<object> }),
    ]),
  ),
).transform((written) => {
  const [verb, args] = Object.entries(written)[0] as [Verb, object];
  return { verb, ...args } as Omit<Step, 'position'>;
});

/** The step and every step inside it. */
export function withInner(step: Step): Step[] {
  const inner = definitionOf(step).inside?.(step) ?? [];
  return [step, ...inner.flatMap(({ steps }) => (steps as Step[]).flatMap(withInner))];
}

/** What the language knows of the verb of a step, whichever that is. */
export function definitionOf({ verb }: Pick<Step, 'verb'>): VerbDefinition<z.ZodType> {
  return VERBS[verb] as unknown as VerbDefinition<z.ZodType>;
}
