import { z } from 'zod';
import { made, newName, used } from '../names.ts';
import { countValue, mayCover, orShort, portChoice } from '../values-schema.ts';
import { verb } from './verb.ts';

const SAME_AS = /^same-as /;

/** `own`, or `same-as NAME`. */
const localPort = z
  .string()
  .regex(/^(own|same-as [A-Za-z][\w-]*)$/, {
    error: 'expected "own", or "same-as NAME", NAME an earlier connection',
  })
  .transform((said) => (said === 'own' ? ('own' as const) : { 'same-as': said.replace(SAME_AS, '') }));

/** `connect`: opens connections to the device. */
export const connect = verb({
  does: 'opens a connection, or several at once',
  example: 'connect: ncs',
  arguments: orShort(
    newName,
    z.strictObject({
      as: newName.describe('A name for the connection, or for all of them'),
      port: portChoice.default('each'),
      count: countValue.exactOptional(),
      from: z
        .strictObject({ port: localPort })
        .exactOptional()
        .describe('The local port: one of our own choosing, or that of an earlier connection'),
      covers: mayCover,
    }),
    (as) => ({ as }),
  ),
  opens: ({ count = 1 }, number) => number(count),
  makes: ({ as }) => made('connection', as),
  uses: ({ from }) => (from && from.port !== 'own' ? used('from', from.port['same-as'], 'connection') : []),
});
