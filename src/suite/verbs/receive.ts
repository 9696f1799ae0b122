import { z } from 'zod';
import { knownName, made, newName, used } from '../names.ts';
import { capture, durationValue, mayCover } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `receive`: waits for a message. */
export const receive = verb({
  does: 'waits for a message',
  example: 'receive: { on: ncs, answers: question, as: reply }',
  arguments: z.strictObject({
    on: knownName.describe('The connection'),
    answers: knownName.exactOptional().describe('The request that it must answer'),
    as: newName.exactOptional().describe('A name for what is received'),
    within: durationValue.exactOptional(),
    capture: capture.exactOptional(),
    covers: mayCover,
  }),
  makes: ({ as, capture: kept = {} }) => [
    ...made('received', as),
    ...Object.keys(kept).flatMap((name) => made('capture', name)),
  ],
  uses: ({ on, answers }) => [...used('on', on, 'connection'), ...used('answers', answers, 'sent')],
});
