import { z } from 'zod';
import { made, newName } from '../names.ts';
import { mayCover, orShort, portChoice } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `listen`: gives a name to a port of ours. */
export const listen = verb({
  does: 'gives a name to our own port, for devices that dial the newsroom',
  example: 'listen: home',
  arguments: orShort(
    newName,
    z.strictObject({
      as: newName.describe('A name for the listener'),
      port: portChoice.default('each'),
      covers: mayCover,
    }),
    (as) => ({ as }),
  ),
  makes: ({ as }) => made('listener', as),
});
