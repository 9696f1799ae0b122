import { encodeText } from './encoding.ts';
import type { Encoding, MosElement, OutgoingMessage } from './types.ts';
import { element, serialize } from './xml.ts';
import type { SerializeOptions } from './xml.ts';

/** A place in the envelope; `message` is the message element. */
type EnvelopePart = 'mosID' | 'ncsID' | 'messageID' | 'message';

/** The order of MOS 2.8.5 section 2.1. */
const ENVELOPE_ORDER: readonly EnvelopePart[] = ['mosID', 'ncsID', 'messageID', 'message'];

/** The attributes that the DTD of MOS 2.8.5 (section 8) fixes for the root, and that hardly anybody sends. */
const ROOT_ATTRIBUTES: Readonly<Record<string, string>> = {
  version: '-//MOS Group//DTD MOS 2.8.2//EN',
  changeDate: '09 April 2005',
};

/** How a message is written where it differs from the plain form; all of it is legal, or tests tolerance. */
export interface MessageForm extends SerializeOptions {
  /** Puts an XML declaration first. */
  declaration?: boolean;
  /** A document type declaration, written before the root as it stands. */
  doctype?: string;
  /** Puts a byte order mark first. */
  byteOrderMark?: boolean;
  /** Attributes of the root: `true` for those of the DTD. */
  rootAttributes?: boolean | Readonly<Record<string, string>>;
  /** The order of the envelope; parts that it does not name follow in the order of the specification. */
  envelopeOrder?: readonly EnvelopePart[];
  /** Parts of the envelope that are left out. */
  without?: readonly EnvelopePart[];
  /** Elements beside the message element, after it. */
  extraSiblings?: readonly MosElement[];
  /** So many blanks between the start of the root and its first element. */
  blanks?: number;
  /** Text before the message, white space or junk; it stands after the byte order mark. */
  before?: string;
  /** Text after the message. */
  after?: string;
}

/** The `mos` element of a message, its parts in the order that the form asks for. */
function envelope(message: OutgoingMessage, form: MessageForm = {}): MosElement {
  const parts: Record<EnvelopePart, MosElement | undefined> = {
    mosID: element('mosID', message.mosID),
    ncsID: element('ncsID', message.ncsID),
    messageID: message.messageID === undefined ? undefined : element('messageID', String(message.messageID)),
    message: message.body,
  };
  const order = new Set([...(form.envelopeOrder ?? []), ...ENVELOPE_ORDER]);
  const wanted = [...order].filter((part) => !form.without?.includes(part));
  const children = wanted.flatMap((part) => parts[part] ?? []);
  return element('mos', [...children, ...(form.extraSiblings ?? [])], attributesOf(form));
}

function attributesOf({ rootAttributes }: MessageForm): Readonly<Record<string, string>> {
  if (typeof rootAttributes === 'object') return rootAttributes;
  return rootAttributes ? ROOT_ATTRIBUTES : {};
}

/** The message as text, ready to be encoded. */
export function messageText(message: OutgoingMessage, encoding: Encoding, form: MessageForm = {}): string {
  const charset = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  const declaration = form.declaration ? `<?xml version="1.0" encoding="${charset}"?>` : '';
  const whole = serialize(envelope(message, form), form);
  const root = form.blanks === undefined ? whole : spaced(whole, form.blanks);
  return (form.before ?? '') + declaration + (form.doctype ?? '') + root + (form.after ?? '');
}

function spaced(root: string, blanks: number): string {
  const start = root.indexOf('>') + 1;
  return root.slice(0, start) + ' '.repeat(blanks) + root.slice(start);
}

/** The bytes of a message as they go out (MOS 2.8.5 section 2.1: UCS-2, high byte first, no byte order mark). */
export function encodeMessage(message: OutgoingMessage, encoding: Encoding, form: MessageForm = {}): Buffer {
  return encodeText(messageText(message, encoding, form), encoding, { bom: form.byteOrderMark ?? false });
}
