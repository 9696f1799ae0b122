import { z } from 'zod';
import { knownName, made, newName, used } from '../names.ts';
import { mayCover, orShort } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `reconnect`: dials the port of a connection once more. */
export const reconnect = verb({
  does: 'dials the port of a connection again, once',
  example: 'reconnect: { on: ncs, as: next }',
  arguments: orShort(
    knownName,
    z
      .strictObject({
        on: knownName.describe('The connection before'),
        as: newName.exactOptional().describe('A name for the new one; without it, the same'),
        'same-port': z.boolean().default(false).describe('Dials from the same local port'),
        covers: mayCover,
      })
      .transform(({ as, ...rest }) => ({ ...rest, as: as ?? rest.on })),
    (on) => ({ on }),
  ),
  opens: () => 1,
  makes: ({ as }) => made('connection', as),
  uses: ({ on }) => used('on', on, 'connection'),
});
