import { z } from 'zod';
import { countOr, name, oneOrMore, size, text, words } from '../document/schemas.ts';
import { SPLIT_PLACES } from '../wire/split-places.ts';
import { ENCODINGS } from '../wire/types.ts';
import { parseXml } from '../wire/xml.ts';
import { COUNT_PARAMETERS } from './parameters.ts';
import { DIALECT_NAMES } from './dialects.ts';
import { capture, countValue, covers, durationValue } from './values-schema.ts';

/** A count of bytes, or a share of the message such as `50%`. */
const offset = z.union([
  z.int().min(0),
  z.string().regex(/^\d{1,3}(\.\d{1,3})?%$/, { error: 'expected a count of bytes or a share such as 50%' }),
]);

const identity = text.nullable();

const xmlElements = words.check((context) => {
  const { problem } = parseXml(`<x>${context.value}</x>`);
  if (problem === undefined) return;
  context.issues.push({ code: 'custom', message: `is no well-formed XML: ${problem}`, input: context.value });
});

/** What to say: the keys of a message. */
const messageKeys = {
  message: words.optional().describe('A MOS message, or any element name'),
  xml: words.optional().describe('The message element as XML, instead of a name'),
  raw: text.optional().describe('The whole message as text, in the encoding of the connection'),
  hex: z
    .string()
    .regex(/^(?:\s*[0-9A-Fa-f]{2})+\s*$/, {
      error: 'expected pairs of hexadecimal digits such as "fe ff 00 3c"',
    })
    .optional()
    .describe('The whole message as bytes'),
  with: z
    .strictObject({
      mosID: identity.optional(),
      ncsID: identity.optional(),
      messageID: identity.optional(),
    })
    .optional()
    .describe('Other values in the envelope; nothing (~) leaves the element out'),
  fields: z.record(z.string(), text).optional().describe('Other values in the message element'),
  extra: xmlElements.optional().describe('Elements as XML, put into the message element after its own'),
  encoding: z.enum(ENCODINGS).optional(),
  dialect: z
    .enum(DIALECT_NAMES as [string, ...string[]])
    .optional()
    .describe('The newsroom system in whose manner it is written'),
  form: z
    .strictObject({
      declaration: z.boolean().optional(),
      'byte-order-mark': z.boolean().optional(),
      pretty: z.boolean().optional(),
      'root-attributes': z.boolean().optional(),
      'empty-elements': z.enum(['short', 'long']).optional(),
      references: z.enum(['decimal', 'hexadecimal']).optional(),
      before: text.optional(),
      after: text.optional(),
      'envelope-order': z
        .array(z.enum(['mosID', 'ncsID', 'messageID']))
        .min(1)
        .optional(),
      doctype: text.optional(),
    })
    .optional()
    .describe('How the text is dressed'),
};

/** How it leaves: the keys of a delivery. */
const deliveryKeys = {
  split: oneOrMore(offset).optional().describe('Where the message is cut into segments of its own'),
  splits: z
    .strictObject({ at: z.enum(SPLIT_PLACES), for: durationValue })
    .optional()
    .describe('One exchange for every such place of the message, split there, until the time is over'),
  drip: z
    .strictObject({ bytes: countValue, every: durationValue, until: durationValue.optional() })
    .optional()
    .describe('Sends it in small pieces'),
  cut: offset.optional().describe('Sends only the beginning'),
  fin: z
    .union([z.literal(true).transform(() => 'half-close' as const), z.enum(['half-close', 'close'])])
    .optional()
    .describe('The FIN follows in the segment of the last byte'),
  endless: z
    .strictObject({ rate: size.optional(), bytes: size, time: durationValue })
    .optional()
    .describe('Goes on inside the message without end'),
  flood: z
    .strictObject({ bytes: size, time: durationValue })
    .optional()
    .describe('Sends such messages until the device takes no more'),
  copies: countOr(COUNT_PARAMETERS, 1, 10_000).optional().describe('As many messages in one write'),
  pad: size.optional().describe('Filler put into the message'),
};

/** The arguments of `send`. */
export const sendArguments = z.strictObject({
  on: name.describe('The connection'),
  as: name.optional().describe('A name for the message'),
  ...messageKeys,
  ...deliveryKeys,
  covers: covers.optional(),
});

/** The arguments of `exchange`. */
export const exchangeArguments = z.strictObject({
  on: name.describe('The connection'),
  as: name.optional().describe('A name for the request and its answer'),
  optional: z.literal(true).optional().describe('Goes on where no answer comes'),
  times: countValue.optional(),
  within: durationValue.optional(),
  capture: capture.optional(),
  or: z.literal('closed').optional().describe('The device may also end the connection instead'),
  ...messageKeys,
  ...deliveryKeys,
  covers: covers.optional(),
});

/** The keys of which a message has at most one; without any, the usual question is asked. */
export const CONTENT_KEYS = ['message', 'xml', 'raw', 'hex'] as const;
