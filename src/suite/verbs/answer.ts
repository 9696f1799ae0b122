import { z } from 'zod';
import { text } from '../../document/schemas.ts';
import { knownName, used } from '../names.ts';
import { countValue, durationValue, mayCover, textValue } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `answer`: how the newsroom answers what the device asks. */
export const answer = verb({
  does: 'answers a message of the device otherwise than usual, until the test ends',
  example: 'answer: { on: home, to: heartbeat, delay: 2s }',
  arguments: z.strictObject({
    on: knownName.describe('A listener or a connection'),
    to: text.describe('The message that the device originates'),
    with: textValue.exactOptional(),
    delay: durationValue.exactOptional(),
    times: countValue.exactOptional(),
    not: z.boolean().exactOptional(),
    covers: mayCover,
  }),
  uses: ({ on }) => used('on', on, 'connection', 'listener'),
});
