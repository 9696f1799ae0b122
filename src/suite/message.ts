import { z } from 'zod';
import { countOr, oneOrMore, size, text, words } from '../document/schemas.ts';
import { ENCODINGS } from '../wire/types.ts';
import { parseXml } from '../wire/xml.ts';
import { atMostOne, complain, type Complaint } from './complaint.ts';
import { DIALECT_NAMES, dialectNamed } from './dialects.ts';
import { COUNT_PARAMETERS } from './parameters.ts';
import { referring } from './references.ts';
import { countValue, durationValue, textValue } from './values-schema.ts';

/** A count of bytes, or a share of the message such as `50%`. */
const offset = z.union([
  z.int().min(0),
  z.string().regex(/^\d{1,3}(\.\d{1,3})?%$/, { error: 'expected a count of bytes or a share such as 50%' }),
]);

const identity = textValue.nullable();

const xmlText = referring(words);

const xmlElements = xmlText.check((context) => {
  const { problem } = parseXml(`<x>${context.value}</x>`);
  if (problem === undefined) return;
  context.issues.push({ code: 'custom', message: `is no well-formed XML: ${problem}`, input: context.value });
});

const form = z.strictObject({
  declaration: z.boolean().exactOptional(),
  'byte-order-mark': z.boolean().exactOptional(),
  pretty: z.boolean().exactOptional(),
  'root-attributes': z.boolean().exactOptional(),
  'empty-elements': z.enum(['short', 'long']).exactOptional().describe('<x/> or <x></x>'),
  references: z
    .enum(['decimal', 'hexadecimal'])
    .exactOptional()
    .describe('Writes every character of every value as a numeric reference'),
  before: text.exactOptional(),
  after: text.exactOptional(),
  'envelope-order': z
    .array(z.enum(['mosID', 'ncsID', 'messageID']))
    .min(1)
    .exactOptional(),
  doctype: text.exactOptional(),
});

const envelope = z.strictObject({
  mosID: identity.exactOptional(),
  ncsID: identity.exactOptional(),
  messageID: identity.exactOptional(),
});

/** What to say: the keys of a message. */
const contentKeys = {
  message: words.exactOptional().describe('A MOS message, or any element name'),
  xml: xmlText.exactOptional().describe('The message element as XML, instead of a name'),
  raw: textValue.exactOptional().describe('The whole message as text, in the encoding of the connection'),
  hex: z
    .string()
    .regex(/^(?:\s*[0-9A-Fa-f]{2})+\s*$/, {
      error: 'expected pairs of hexadecimal digits such as "fe ff 00 3c"',
    })
    .transform((digits) => digits.replace(/\s+/g, '').toLowerCase())
    .exactOptional()
    .describe('The whole message as bytes'),
  with: envelope.exactOptional().describe('Other values in the envelope; nothing (~) leaves the element out'),
  fields: z.record(z.string(), textValue).exactOptional().describe('Other values in the message element'),
  extra: xmlElements.exactOptional().describe('Elements as XML, put into the message element after its own'),
  encoding: z.enum(ENCODINGS).exactOptional(),
  dialect: z
    .enum(DIALECT_NAMES as [string, ...string[]])
    .exactOptional()
    .describe('The newsroom system in whose manner it is written'),
  form: form.exactOptional().describe('How the text is dressed'),
};

/** How it leaves: the keys of a delivery. */
const deliveryKeys = {
  split: oneOrMore(offset).exactOptional().describe('Where the message is cut into segments of its own'),
  pause: durationValue.exactOptional().describe('Time between two of these segments'),
  drip: z
    .strictObject({ bytes: countValue, every: durationValue, until: durationValue.exactOptional() })
    .exactOptional()
    .describe('Sends it in small pieces'),
  cut: offset.exactOptional().describe('Sends only the beginning'),
  fin: z
    .union([z.literal(true).transform(() => 'half-close' as const), z.enum(['half-close', 'close'])])
    .exactOptional()
    .describe('The FIN follows in the segment of the last byte'),
  endless: z
    .strictObject({ rate: size.exactOptional(), bytes: size, time: durationValue })
    .exactOptional()
    .describe('Goes on inside the message without end'),
  flood: z
    .strictObject({ bytes: size, time: durationValue })
    .exactOptional()
    .describe('Sends such messages until the device takes no more'),
  copies: countOr(COUNT_PARAMETERS, 1, 10_000).exactOptional().describe('As many messages in one write'),
  pad: size.exactOptional().describe('Filler put into the message'),
  size: size
    .exactOptional()
    .describe('Blanks between two elements, so that the message has exactly this many bytes'),
};

type Content = z.output<z.ZodObject<typeof contentKeys>>;

/** What to say: a message and how it is put on the wire. */
export type MessageSpec = Omit<Content, 'dialect'>;

/** How bytes leave: whole, in pieces, slowly, cut short, with the FIN in the last segment. */
export type Delivery = z.output<z.ZodObject<typeof deliveryKeys>>;

/**
 * The arguments of a verb that says something: those of a message and its delivery beside its own. What they give
 * speaks the dialect that was asked for.
 */
export function saying<Own extends z.ZodRawShape>(
  own: Own,
): z.ZodType<z.output<z.ZodObject<Own>> & MessageSpec & Delivery> {
  return z
    .strictObject({ ...own, ...contentKeys, ...deliveryKeys })
    .check(complain(misfits))
    .transform((written) => spoken(written as Content)) as unknown as z.ZodType<
    z.output<z.ZodObject<Own>> & MessageSpec & Delivery
  >;
}

/** What a dialect leaves out is left out, unless the suite itself says what stands there. */
function spoken({ dialect, ...said }: Content): MessageSpec {
  if (dialect === undefined) return said;
  const { form: dress, envelope: bare } = dialectNamed(dialect);
  const dressed = dress || said.form ? { form: { ...dress, ...said.form } } : {};
  const without = bare?.messageID === false ? { messageID: null } : {};
  const addressed = bare || said.with ? { with: { ...without, ...said.with } } : {};
  return { ...said, ...dressed, ...addressed };
}

/** The keys of which a message has at most one; without any, the usual question is asked. */
const WHOLE_KEYS = ['message', 'xml', 'raw', 'hex'];

/** Ways of delivery that would disturb splitting at one place after the other. */
const ONE_DELIVERY = ['split', 'drip', 'cut', 'fin', 'endless', 'flood', 'copies', 'times', 'capture'];

function misfits(written: object): Complaint[] {
  const keys = Object.keys(written);
  const splits = keys.includes('splits') ? keys.filter((key) => ONE_DELIVERY.includes(key)).slice(0, 1) : [];
  const idle = keys.includes('pause') && !keys.includes('split');
  const complaints = [
    ...atMostOne(keys, WHOLE_KEYS),
    ...atMostOne(keys, ['splits', ...splits]),
    ...(idle ? [{ path: ['pause'], text: '"pause" is the time between the segments of "split"' }] : []),
  ];
  const whole = keys.find((key) => key === 'raw' || key === 'hex');
  if (whole === undefined || complaints.length > 0) return complaints;
  return ['with', 'fields', 'extra', 'dialect', 'form', 'pad', 'size']
    .filter((key) => keys.includes(key))
    .map((key) => ({
      path: [key],
      text: `"${key}" changes nothing in "${whole}", which is the whole message`,
    }));
}
