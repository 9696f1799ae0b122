import { z } from 'zod';
import { name, oneOrMore, percent, text } from '../document/schemas.ts';
import { oneOfKinds } from '../document/kinds.ts';
import { CHURN_CHECKS } from './model.ts';
import { OWN_CHECKS } from './checks.ts';
import { covers, durationValue, portChoice } from './values-schema.ts';
import { MESSAGE_CHECKS, OUTCOMES, STATES } from './words.ts';

const pattern = z.string().refine(isPattern, { error: 'is no regular expression' });

const note = z.literal(true).optional().describe('Counts as a note, whatever the level of the requirement');

/** The keys that decide what an expectation is, each with its own arguments. */
const KINDS = {
  released: z.strictObject({
    released: z.enum(['both', 'device', 'ncs']).describe('The ends that must have let go'),
    on: name,
    within: durationValue.optional(),
    covers,
  }),
  state: z.strictObject({
    state: oneOrMore(z.enum(STATES)).describe('The socket states of which one must be reached'),
    on: name,
    at: z.enum(['ncs', 'device']).optional(),
    within: durationValue.optional(),
    covers,
  }),
  outcome: z.strictObject({
    outcome: oneOrMore(z.enum(OUTCOMES)).describe('How the connection may have ended'),
    on: name,
    within: durationValue.optional(),
    covers,
  }),
  ended: z.strictObject({
    ended: z.literal(true).describe('The device ends the connection'),
    on: name,
    within: durationValue,
    covers,
  }),
  open: z.strictObject({ open: z.literal(true), on: name, for: durationValue, note, covers }),
  serving: z.strictObject({
    serving: z.literal(true).describe('A new connection, an exchange and a close succeed'),
    port: portChoice.optional(),
    within: durationValue.optional(),
    covers,
  }),
  listening: z.strictObject({ listening: z.literal(true), port: portChoice.optional(), covers }),
  answered: z.strictObject({
    answered: name.describe('The request that must be answered'),
    on: name.optional(),
    by: oneOrMore(text)
      .optional()
      .describe('The messages that count as the answer; "answer" for anything but a refusal'),
    within: durationValue.optional(),
    times: z.int().min(1).max(1_000_000).optional(),
    note,
    covers,
  }),
  no: z.strictObject({
    no: text.describe('message, answer, or the name of a message that must not come'),
    to: name.optional(),
    on: name,
    for: durationValue,
    covers,
  }),
  path: z.strictObject({
    path: text.describe('Element names from the message element on, such as listMachInfo/ID'),
    on: name,
    equals: text.optional(),
    matches: pattern.optional(),
    exists: z.boolean().optional(),
    'one-of': z.array(text).min(1).optional(),
    covers,
  }),
  check: z.strictObject({
    check: z.enum(MESSAGE_CHECKS).describe('What the received messages are checked for'),
    on: name.describe('A received message, or the connections whose messages are meant'),
    like: name.optional().describe('Another message that it is compared with'),
    note,
    covers,
  }),
  own: z.strictObject({
    own: z
      .enum(OWN_CHECKS)
      .describe('What is checked of the requests that the device sends of its own accord'),
    on: name.describe('A connection that the device dialled'),
    to: text.optional().describe('The message whose answer is meant, or "acknowledged"'),
    for: durationValue,
    covers,
  }),
  never: z.strictObject({
    never: text.describe('Text that must not come back'),
    on: name,
    for: durationValue,
    covers,
  }),
  descriptors: z.strictObject({
    descriptors: z.strictObject({ fail: percent, remark: percent }),
    on: name,
    covers,
  }),
  churn: z.strictObject({
    churn: z.enum(CHURN_CHECKS).describe('What the churn is checked for'),
    on: name,
    level: percent.optional().describe('With slope: the chance that a growth may be due to, 5% without it'),
    covers,
  }),
};

/** What an expectation was written as, by its kind. */
export type WrittenExpectation = z.output<(typeof KINDS)[keyof typeof KINDS]>;

/** The arguments of `expect`: exactly one kind. */
export const expectationArguments = oneOfKinds('expectation', KINDS);

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
