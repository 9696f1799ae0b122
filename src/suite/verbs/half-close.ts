import { used } from '../names.ts';
import { onConnection } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `half-close`: ends our direction of a connection. */
export const halfClose = verb({
  does: 'sends FIN and keeps the descriptor, so that replies can still come',
  example: 'half-close: ncs',
  arguments: onConnection,
  uses: ({ on }) => used('on', on, 'connection'),
  ends: ({ on }) => [on],
});
