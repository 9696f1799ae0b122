import { used } from '../names.ts';
import { onConnection } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `close`: ends a connection and lets go of it. */
export const close = verb({
  does: 'sends FIN and gives the descriptor up',
  example: 'close: ncs',
  arguments: onConnection,
  uses: ({ on }) => used('on', on, 'connection'),
  ends: ({ on }) => [on],
});
