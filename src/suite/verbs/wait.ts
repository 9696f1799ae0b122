import { z } from 'zod';
import { complain } from '../complaint.ts';
import { knownName, used } from '../names.ts';
import { durationValue, mayCover, orShort, writtenDuration } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `wait`: lets time pass. */
export const wait = verb({
  does: 'waits for a time, or at most so long until something comes on a connection, or the device has read',
  example: 'wait: 50ms',
  arguments: orShort(
    writtenDuration,
    z
      .strictObject({
        for: durationValue,
        until: z.enum(['fin', 'answer', 'message', 'read']).exactOptional(),
        on: knownName.exactOptional(),
        covers: mayCover,
      })
      .check(
        complain(({ until, on }) =>
          until !== undefined && on === undefined
            ? [{ path: ['until'], text: 'missing key "on": the connection on which something is awaited' }]
            : [],
        ),
      ),
    (time) => ({ for: time }),
  ),
  uses: ({ on }) => used('on', on, 'connection'),
  ends: ({ until, on }) => (until === 'fin' && on !== undefined ? [on] : []),
});
