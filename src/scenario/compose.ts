import { encodeMessage, type MessageForm } from '../wire/encode.ts';
import { decodeText, encodeText, isWide } from '../wire/encoding.ts';
import * as messages from '../wire/messages.ts';
import type { Encoding, MosElement, OutgoingMessage } from '../wire/types.ts';
import { element, escapeText, parseXml } from '../wire/xml.ts';
import type { Delivery, MessageSpec } from '../suite/message.ts';
import type { TestRun } from './run.ts';
import { brokenStep } from './step-failure.ts';

/** A message ready to be sent, and what is known of the answer it may get. */
export interface Composed {
  bytes: Buffer;
  name: string;
  /** As written. */
  messageID: string | undefined;
  messageNumber: number | undefined;
  text: string;
  encoding: Encoding;
}

/** Most bytes of a message that are decoded again for the history. */
const SHOWN_BYTES = 8_000;

/** Characters of one line of filler. */
const LINE = 1_000;

const WITHOUT_MESSAGE_ID = new Set(['2.6', '2.8.0']);

/** Turns a message of a suite into bytes: envelope of the target, messageID of the NCS's counter. */
export function compose(
  run: TestRun,
  spec: MessageSpec & Pick<Delivery, 'copies' | 'pad' | 'size'>,
): Composed {
  const { target } = run.context;
  const encoding = spec.encoding ?? target.encoding;
  if (spec.hex !== undefined) return bare(Buffer.from(spec.hex, 'hex'), encoding, '');
  if (spec.raw !== undefined) {
    const text = run.values.text(spec.raw, escapeText);
    return bare(encodeText(text, encoding), encoding, text);
  }
  const messageID = messageIdOf(run, spec);
  const body = padded(bodyOf(run, spec), spec.pad, encoding);
  const outgoing: OutgoingMessage = {
    mosID: textOr(spec.with?.mosID, target.mosId, run),
    ncsID: textOr(spec.with?.ncsID, target.ncsId, run),
    body,
    ...(messageID !== undefined && { messageID }),
  };
  const bytes = ofSize(spec.size, encoding, (blanks) =>
    encodeMessage(outgoing, encoding, { ...formOf(spec), ...blanks }),
  );
  const number = Number(typeof messageID === 'string' ? messageID.replace(/^x/i, '0x') : messageID);
  return {
    bytes,
    name: body.name,
    messageID: messageID === undefined ? undefined : String(messageID),
    messageNumber: Number.isFinite(number) ? number : undefined,
    text: decodeText(bytes.subarray(0, SHOWN_BYTES), encoding),
    encoding,
  };
}

/** {@link compose} that leaves the next messageID to the next message. */
export function preview(run: TestRun, spec: MessageSpec): Composed {
  const usesNext = spec.with?.messageID === undefined && !WITHOUT_MESSAGE_ID.has(run.context.target.revision);
  if (!usesNext) return compose(run, spec);
  return compose(run, {
    ...spec,
    with: { ...spec.with, messageID: String(run.context.messageIds.upcoming) },
  });
}

/** A message of exactly so many bytes, where a size is asked for. */
function ofSize(
  size: number | undefined,
  encoding: Encoding,
  write: (blanks?: { blanks: number }) => Buffer,
): Buffer {
  const bytes = write();
  if (size === undefined) return bytes;
  const blanks = (size - bytes.length) / (isWide(encoding) ? 2 : 1);
  if (blanks >= 0 && Number.isInteger(blanks)) return write({ blanks });
  throw brokenStep(
    `a message of ${size} bytes`,
    `it has ${bytes.length} bytes, and ${size} cannot be reached`,
  );
}

function bare(bytes: Buffer, encoding: Encoding, text: string): Composed {
  return { bytes, name: 'raw', messageID: undefined, messageNumber: undefined, text, encoding };
}

function messageIdOf(run: TestRun, spec: MessageSpec): string | number | undefined {
  const given = spec.with?.messageID;
  if (given === null) return undefined;
  if (given !== undefined) return run.values.text(given);
  return WITHOUT_MESSAGE_ID.has(run.context.target.revision) ? undefined : run.context.messageIds.next();
}

function textOr(given: string | null | undefined, usual: string, run: TestRun): string {
  return given === undefined || given === null ? usual : run.values.text(given);
}

/** The element of a named message with its usual content, its fields overridden. */
function bodyOf(run: TestRun, spec: MessageSpec): MosElement {
  if (spec.xml !== undefined) {
    const { root, problem } = parseXml(run.values.text(spec.xml));
    if (!root) throw new Error(`the suite's XML cannot be read: ${problem ?? 'it is empty'}`);
    return root;
  }
  const body = usualBody(spec.message ?? 'heartbeat');
  for (const [name, value] of Object.entries(spec.fields ?? {})) {
    const text = run.values.text(value);
    const child = body.children.find((one) => one.name === name);
    if (child) child.text = text;
    else body.children.push(element(name, text));
  }
  if (spec.extra !== undefined) body.children.push(...elementsIn(run.values.text(spec.extra)));
  return body;
}

function elementsIn(xml: string): MosElement[] {
  const { root, problem } = parseXml(`<x>${xml}</x>`);
  if (problem !== undefined) throw new Error(`the suite's XML cannot be read: ${problem}`);
  return root?.children ?? [];
}

function usualBody(name: string): MosElement {
  if (name === 'heartbeat') return messages.heartbeat(messages.mosTime(new Date()));
  if (name === 'reqMachInfo') return messages.reqMachInfo();
  return element(name);
}

/** Filler of so many bytes in a tag that no device knows, in lines as a long list would have them. */
function padded(body: MosElement, pad: number | undefined, encoding: Encoding): MosElement {
  if (pad === undefined) return body;
  const characters = Math.ceil(pad / (isWide(encoding) ? 2 : 1));
  const lines = Array.from({ length: Math.ceil(characters / LINE) }, (_, index) =>
    element('x-line', 'x'.repeat(Math.min(LINE, characters - index * LINE))),
  );
  return { ...body, children: [...body.children, element('x-filler', lines)] };
}

/** The form of a suite in the words of the encoder. */
function formOf(spec: MessageSpec): MessageForm {
  const {
    'byte-order-mark': byteOrderMark,
    'root-attributes': rootAttributes,
    'empty-elements': emptyElements,
    'envelope-order': envelopeOrder,
    ...rest
  } = spec.form ?? {};
  const without: ('mosID' | 'ncsID')[] = [];
  if (spec.with?.mosID === null) without.push('mosID');
  if (spec.with?.ncsID === null) without.push('ncsID');
  return {
    ...rest,
    ...(byteOrderMark !== undefined && { byteOrderMark }),
    ...(rootAttributes !== undefined && { rootAttributes }),
    ...(emptyElements && { emptyElements }),
    ...(envelopeOrder && { envelopeOrder }),
    ...(without.length > 0 && { without }),
  };
}
