import { z } from 'zod';
import { text } from '../../document/schemas.ts';
import { PORT_NAMES } from '../../history/facts.ts';
import { knownName, made, newName, used } from '../names.ts';
import { countValue, durationValue, mayCover } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `churn`: connections by the hundred. */
export const churn = verb({
  does: 'opens, uses and closes connections, one a cycle',
  example: 'churn: { as: burst, cycles: 500, concurrency: 10 }',
  arguments: z.strictObject({
    as: newName,
    port: z.enum([...PORT_NAMES, 'each', 'other']).default('each'),
    cycles: countValue.describe('Connections to open, use and end'),
    concurrency: countValue.default(1).describe('Connections at once'),
    rate: z.number().positive().exactOptional().describe('Cycles per second at most'),
    within: durationValue.default('$churnTime').describe('Time after which no cycle is begun'),
    'at-least': countValue.default(50).describe('Cycles that are begun even so'),
    message: text
      .exactOptional()
      .describe(
        'What is asked; without it what the device answered before, none for connections without data',
      ),
    close: z
      .enum(['close', 'half-close', 'abort', 'mixed'])
      .default('close')
      .describe('How the NCS ends each connection; mixed is each of the three in turn'),
    beside: knownName.exactOptional().describe('A connection that must be served all the while'),
    covers: mayCover,
  }),
  opens: ({ cycles }, number) => number(cycles),
  makes: ({ as }) => made('churn', as),
  uses: ({ beside }) => used('beside', beside, 'connection'),
});
