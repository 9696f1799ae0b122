import type { WireFinding } from '../history/facts.ts';

/** How a message is written on the wire. Only `ucs-2be` is what MOS 2.8.5 section 2.1 allows. */
export const ENCODINGS = ['ucs-2be', 'ucs-2le', 'utf-8'] as const;

/** An encoding of the wire. */
export type Encoding = (typeof ENCODINGS)[number];

/** An XML element as plain data. Text directly inside it is joined in `text`; order is that of the document. */
export interface MosElement {
  name: string;
  attributes: Record<string, string>;
  children: MosElement[];
  text: string;
  /** Text and children in their order, where words stand between children (`p` of a story body, a payload). */
  mixed?: (string | MosElement)[];
}

/** One message cut out of the stream, not yet parsed. */
export interface Frame {
  /** The bytes as they came, junk before the root excluded; a large frame is read in place, once. */
  bytes: Buffer;
  /** What the bytes show, a BOM or zero bytes considered. */
  encoding: Encoding;
  /** Non-blank text that stood before the root and belongs to no message. */
  junkBefore?: string;
  findings: WireFinding[];
}

/** A message after tolerant decoding: every deviation is a finding and none hides the content. */
export interface DecodedMessage {
  /** The message element's name (`heartbeat`), `unreadable` where no well-formed message was found. */
  name: string;
  mosID?: string;
  ncsID?: string;
  /** As written. */
  messageID?: string;
  /** The value of messageID, decimal or hexadecimal; absent where it is no number. */
  messageNumber?: number;
  /** The message element. */
  body?: MosElement;
  /** The whole `mos` element. */
  root?: MosElement;
  /** The decoded text. */
  text: string;
  bytes: number;
  encoding: Encoding;
  findings: WireFinding[];
}

/** What to send: the envelope and one message element (MOS 2.8.5 section 4.1). */
export interface OutgoingMessage {
  mosID: string;
  ncsID: string;
  /** A number is written in decimal, text as given (`0x1A`); absent for peers older than 2.8.1. */
  messageID?: number | string;
  body: MosElement;
}
