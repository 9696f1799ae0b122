import { z } from 'zod';
import { knownName, made, newName, used } from '../names.ts';
import { durationValue, mayCover } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `accept`: takes over a connection that the device dialled. */
export const accept = verb({
  does: 'takes over a connection that the device dialled, and waits for one where there is none',
  example: 'accept: { on: home, as: call }',
  arguments: z.strictObject({
    on: knownName.describe('What listens'),
    as: newName.describe('A name for the connection'),
    within: durationValue.exactOptional(),
    covers: mayCover,
  }),
  makes: ({ as }) => made('connection', as),
  uses: ({ on }) => used('on', on, 'listener'),
});
