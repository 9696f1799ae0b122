import { knownName, made, newName, used } from '../names.ts';
import { saying } from '../message.ts';
import { mayCover } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `send`: says something and goes on. */
export const send = verb({
  does: 'sends a message and goes on',
  example: 'send: { on: ncs, message: heartbeat, as: question }',
  arguments: saying({
    on: knownName.describe('The connection'),
    as: newName.exactOptional().describe('A name for the message'),
    covers: mayCover,
  }),
  makes: ({ on, as }) => made('sent', as, on),
  uses: ({ on }) => used('on', on, 'connection'),
  ends: ({ on, fin }) => (fin === undefined ? [] : [on]),
});
