import { z } from 'zod';
import { knownName, made, newName, used } from '../names.ts';
import { saying } from '../message.ts';
import { SPLIT_PLACES } from '../../wire/split-places.ts';
import { capture, countValue, durationValue, mayCover } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `exchange`: says something and waits for the answer. */
export const exchange = verb({
  does: 'sends a message and waits for the answer, on every connection of the name',
  example: 'exchange: { on: ncs, message: heartbeat, times: 3 }',
  arguments: saying({
    on: knownName.describe('The connection'),
    as: newName.exactOptional().describe('A name for the request and its answer'),
    optional: z
      .literal(true)
      .exactOptional()
      .describe('Goes on where no answer comes: whether one must come is judged elsewhere'),
    times: countValue.exactOptional(),
    within: durationValue.exactOptional(),
    capture: capture.exactOptional(),
    splits: z
      .strictObject({ at: z.enum(SPLIT_PLACES), for: durationValue })
      .exactOptional()
      .describe('One exchange for every such place of the message, split there, until the time is over'),
    or: z.literal('closed').exactOptional().describe('The device may also end the connection instead'),
    covers: mayCover,
  }),
  makes: ({ on, as, capture: kept = {} }) => [
    ...made('sent', as, on),
    ...made('received', as),
    ...Object.keys(kept).flatMap((name) => made('capture', name)),
  ],
  uses: ({ on }) => used('on', on, 'connection'),
  ends: (step) => (step.fin === undefined && step.or !== 'closed' ? [] : [step.on]),
});
