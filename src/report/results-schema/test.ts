import { z } from 'zod';
import { OUTCOMES } from '../../results/outcome.ts';
import { TCP_STATES } from '../../history/facts.ts';
import { MATTERS, SYMPTOMS, type Symptom, type SymptomCode } from '../../history/symptoms.ts';
import {
  text,
  count,
  ms,
  us,
  sha256,
  port,
  level,
  verdict,
  vantage,
  evidence,
  means,
  optional,
} from './values.ts';

/** A named fault that explains a failure. */
export const fault = z.object({
  id: text,
  confidence: z.enum(['certain', 'likely', 'possible']),
});

const states = z.enum([...TCP_STATES, 'none', 'UNKNOWN']);

const symptom = z.object({
  code: z.enum(Object.keys(SYMPTOMS) as [SymptomCode, ...SymptomCode[]]),
  figures: z.record(text, z.number()).describe('times in microseconds end in Us'),
  message: optional(text),
  request: optional(text),
  field: optional(text),
  finding: optional(text),
  port: optional(port),
  states: optional(z.object({ ncs: optional(states), device: optional(states) })),
  inferred: optional(z.literal(true)),
  madeUp: optional(z.literal(true)),
  holder: optional(text).describe('a process that holds the connection, and is not the device itself'),
  ended: optional(text),
  share: optional(z.object({ count, of: count })),
  get cause() {
    return optional(symptom);
  },
  quote: optional(text).describe('for a person only'),
  remark: optional(text).describe('for a person only'),
}) as z.ZodType as z.ZodType<Symptom>;

const assertion = z.object({
  requirement: text,
  level,
  about: z.enum(MATTERS),
  expected: text,
  actual: text.describe('on failure written from the symptom'),
  symptom: optional(symptom),
  outcome: z.enum(['pass', 'fail', 'inconc', 'error', 'not observable']),
  means: z.array(means),
  meaning: optional(text),
  timing: optional(z.literal(true)).describe('a failure that rests on something not having come in time'),
  connections: z.array(text),
  cells: optional(z.array(z.record(text, text))).describe('the cells of a grid, by the row of each table'),
});

const state = z.object({
  us: us.describe('microseconds since the test started'),
  vantage,
  state: states,
  evidence,
  means,
  from: optional(text).describe('what an inferred state was inferred from'),
});

const connection = z.object({
  name: text,
  port: optional(port),
  direction: z.enum(['to device', 'from device']),
  local: optional(text),
  remote: optional(text),
  outcome: z.enum(OUTCOMES),
  releaseMs: optional(z.number()).describe('ms from our FIN to the device’s'),
  states: z.array(state),
});

/** One test of a campaign. */
export const test = z.object({
  key: text,
  id: text,
  title: text,
  group: text,
  suite: text,
  origin: z.enum(['built in', 'own']).describe('whether the test comes with the package'),
  port: optional(port),
  tier: z.enum(['quick', 'standard', 'soak']),
  level: level.describe('the level of the requirement that decided the verdict'),
  covers: z.array(text),
  applicability: z.enum(['selected', 'not applicable', 'not selected', 'not permitted', 'not run', 'waived']),
  verdict,
  reason: text,
  faults: z.array(fault),
  startedUs: us.describe('microseconds on the campaign’s clock'),
  durationMs: ms,
  assertions: z.array(assertion),
  connections: z.array(connection),
  evidence: z.array(z.object({ path: text, sha256 })),
  confirmation: optional(z.object({ repeated: count, reproduced: count })),
  seed: z.number(),
});
