import { z } from 'zod';
import { percent } from '../../document/schemas.ts';
import { knownName, used } from '../names.ts';
import { covers } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `descriptors`: those of the device that belong to no connection grew by less than a share of the connections. */
export const descriptors = expectation({
  holds: 'the descriptors of the device that belong to no connection did not grow with the connections',
  example: 'expect: { on: ncs, descriptors: { fail: 80%, remark: 20% }, covers: SOCK-AB-06 }',
  arguments: z.strictObject({
    descriptors: z.strictObject({ fail: percent, remark: percent }),
    on: knownName,
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection', 'churn'),
});
