import { used } from '../names.ts';
import { onConnection } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `vanish`: takes our end of a connection away. */
export const vanish = verb({
  does: 'lets our end disappear without FIN or RST, as if this machine had lost its power',
  example: 'vanish: ncs',
  arguments: onConnection,
  uses: ({ on }) => used('on', on, 'connection'),
  ends: ({ on }) => [on],
});
