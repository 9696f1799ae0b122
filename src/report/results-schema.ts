import { z } from 'zod';
import type { Results } from '../results/results.ts';
import { fault, test } from './results-schema/test.ts';
import {
  text,
  count,
  ms,
  sha256,
  port,
  level,
  verdict,
  vantage,
  means,
  optional,
} from './results-schema/values.ts';
import { visibleLine, clip } from './visible.ts';

const requirement = z.object({
  id: text,
  level,
  text,
  source: text,
  verdict,
  reason: optional(text),
  tests: z.array(text),
});

const habits = z.object({
  answers: z.enum(['reply', 'silence', 'close', 'reset', 'refused']),
  probe: optional(text).describe('the message that got a reply'),
  replyMs: optional(ms),
  closesAfterReply: z.boolean(),
  silentOn: optional(z.array(text)),
  closesOlder: z.boolean(),
  servesTwo: optional(z.boolean()),
  slowsWithTwo: optional(z.boolean()).describe('it takes longer to answer where two ask at once'),
  closesIdle: optional(z.boolean()).describe('it closes connections on which nothing is said'),
  echoes: optional(z.boolean()).describe('its answers carry the messageID of their request'),
  beats: optional(z.boolean()).describe('it sends heartbeats of its own and answers none'),
  dialsOut: optional(z.boolean()).describe('it dials the NCS on this port'),
  encoding: optional(text),
  cutsReplies: optional(z.boolean()).describe('its replies break off before they are complete'),
});

const device = z.object({
  name: text,
  host: text,
  address: text,
  ports: z.partialRecord(port, z.int()),
  mosId: text,
  ncsId: text,
  revision: text,
  encoding: text,
  profiles: z.array(z.int()),
  file: optional(text),
  path: z.enum(['direct', 'proxied']),
  habits: z.partialRecord(port, habits),
  machine: optional(z.record(z.string(), text)),
  processes: optional(z.partialRecord(port, text)),
});

const campaign = z.object({
  id: text,
  scope: z.enum(['full', 'partial']),
  complete: z.boolean(),
  incompleteReason: optional(text),
  startedAt: text.describe('ISO 8601'),
  finishedAt: text.describe('ISO 8601'),
  durationMs: ms,
  seed: z.number(),
  selection: z.object({
    tier: text,
    groups: z.array(text),
    tests: z.array(text),
    suites: z.array(text),
    strict: z.boolean(),
  }),
  leftOut: z.array(text),
  permissions: z.array(text),
  parameters: z.array(z.object({ name: text, value: z.number(), unit: text, default: z.boolean() })),
  suites: z.array(z.object({ path: text, sha256 })),
  environment: z.record(z.string(), text),
  observers: z.array(
    z.object({
      means,
      vantage,
      samples: count.describe('looks; for inference, the states that followed'),
      largestGapMs: ms,
      note: optional(text),
    }),
  ),
  exitCode: z.int(),
});

const totals = z.object({
  tests: count,
  pass: count,
  fail: count,
  inconc: count,
  error: count,
  remarks: count,
  notApplicable: count,
  notSelected: count,
  notPermitted: count,
  notRun: count,
  waived: count,
});

/** results.json as a zod schema; unknown keys are let through, so that later versions may add some. */
export const ResultsSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('mos-conformance'), version: text }),
  device,
  campaign,
  verdict,
  summary: text.describe('the verdict in a sentence for a person'),
  totals,
  requirements: z.array(requirement),
  faults: z.array(fault.extend({ title: text, explanation: text, remedy: text, tests: z.array(text) })),
  unexplained: z.array(text).describe('keys of failed tests that no known fault explains'),
  remarks: z.array(z.object({ text, tests: z.array(text) })),
  tests: z.array(test),
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Does not compile unless the schema says what the type says. */
const AGREES: Same<z.infer<typeof ResultsSchema>, Results> = true;

/** The published JSON Schema (draft 2020-12) of results.json. */
export function resultsSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(ResultsSchema, { io: 'input' });
  return { $schema, title: AGREES && 'Results of a mos-conformance campaign', ...rest };
}

/** results.json that is not what it should be; the message is one sentence for a person. */
export class ResultsProblem extends Error {
  override name = 'ResultsProblem';
}

/**
 * Reads the text of a results.json.
 * @throws ResultsProblem where it is no JSON, or no results of a version that is understood here
 * @internal for the tests, which hold what campaigns write to the schema
 */
export function parseResults(json: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ResultsProblem('This is no results.json: it is not JSON.');
  }
  const parsed = ResultsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where =
    issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`;
  const what = visibleLine(clip(issue?.message ?? 'unknown', 200));
  throw new ResultsProblem(`This is no results.json of version 1: ${what}${visibleLine(clip(where, 200))}.`);
}
