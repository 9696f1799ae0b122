import { z } from 'zod';
import { percent } from '../../document/schemas.ts';
import { CHURN_CHECKS } from '../../history/churn/checks.ts';
import { knownName, used } from '../names.ts';
import { covers } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `churn`: one side of a churn. */
export const churn = expectation({
  holds: 'a churn stands up to the check',
  example: 'expect: { on: burst, churn: answered, covers: SOCK-CH-02 }',
  arguments: z.strictObject({
    churn: z.enum(CHURN_CHECKS).describe('What the churn is checked for'),
    on: knownName,
    level: percent
      .exactOptional()
      .describe('With slope: the chance that a growth may be due to, 5% without it'),
    covers,
  }),
  uses: ({ on }) => used('on', on, 'churn'),
});
