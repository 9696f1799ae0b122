import { used } from '../names.ts';
import { onConnection } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `pause-reading`: reads no more. */
export const pauseReading = verb({
  does: 'stops reading what the device sends, so that its replies fill the window',
  example: 'pause-reading: ncs',
  arguments: onConnection,
  uses: ({ on }) => used('on', on, 'connection'),
});
