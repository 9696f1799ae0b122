import { used } from '../names.ts';
import { onConnection } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `abort`: resets a connection. */
export const abort = verb({
  does: 'sends RST',
  example: 'abort: ncs',
  arguments: onConnection,
  uses: ({ on }) => used('on', on, 'connection'),
  ends: ({ on }) => [on],
});
