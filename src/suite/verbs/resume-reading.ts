import { used } from '../names.ts';
import { onConnection } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `resume-reading`: reads on. */
export const resumeReading = verb({
  does: 'reads on after pause-reading',
  example: 'resume-reading: ncs',
  arguments: onConnection,
  uses: ({ on }) => used('on', on, 'connection'),
});
