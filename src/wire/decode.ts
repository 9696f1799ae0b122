import { isUtf8 } from 'node:buffer';
import type { WireFinding } from '../history/facts.ts';
import { decodeInPlace, decodeText, hasLoneSurrogate, isWide } from './encoding.ts';
import { bodyFindings, envelopeFindings, findBody, envelopeField } from './envelope.ts';
import { quote } from './frame-findings.ts';
import { isIncomplete } from './framer.ts';
import { parseMosNumber } from './message-id.ts';
import { isMessageName, messageNameIgnoringCase } from './message-names.ts';
import type { DecodedMessage, Frame, MosElement } from './types.ts';
import { parseSteps, type ParsedXml } from './parse-xml.ts';

/** What a message is called in which no well-formed MOS message was found. */
export const UNREADABLE = 'unreadable';

/**
 * Reads a frame as a MOS message, tolerantly: every deviation becomes a finding and hides nothing else. A message that
 * is not well formed, or is no MOS message, is named `unreadable`; what could be read of it is there all the same.
 */
export function decodeFrame(frame: Frame): DecodedMessage {
  const steps = decodeSteps(frame);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** {@link decodeFrame} in steps, so that whoever reads a large message can do something else in between. */
export function* decodeSteps(frame: Frame): Generator<void, DecodedMessage> {
  const { length } = frame.bytes;
  const text = textOf(frame);
  yield;
  const parsed = yield* parseSteps(text);
  const findings = [...frame.findings, ...textFindings(frame, text), ...xmlFindings(frame, parsed)];
  const decoded: DecodedMessage = {
    name: UNREADABLE,
    text,
    bytes: length,
    encoding: frame.encoding,
    findings,
  };
  const { root } = parsed;
  if (!root || isIncompleteJunk(frame)) return decoded;
  decoded.root = root;
  if (parsed.tooLong !== undefined) return readInPart(decoded, root);
  const name = root.name.toLowerCase() === 'mos' ? readEnvelope(decoded, root) : readBareRoot(decoded, root);
  if (parsed.problem === undefined && !isIncomplete(decoded)) decoded.name = name;
  return decoded;
}

/** Of a message that was not read to its end nothing is said but whose answer it is. */
function readInPart(decoded: DecodedMessage, root: MosElement): DecodedMessage {
  const findings = [...decoded.findings];
  if (root.name.toLowerCase() === 'mos') readEnvelope(decoded, root);
  return { ...decoded, findings };
}

/** Bytes from which a frame is not copied to be read. */
const LARGE = 1024 * 1024;

/** The text of a frame; the bytes of a large one are given up. */
function textOf(frame: Frame): string {
  const { bytes, encoding } = frame;
  if (bytes.length < LARGE || encoding !== 'ucs-2be' || bytes.length % 2 !== 0)
    return decodeText(bytes, encoding);
  frame.bytes = Buffer.alloc(0);
  return decodeInPlace(bytes);
}

function isIncompleteJunk(frame: Frame): boolean {
  return frame.findings.some(({ id }) => id === 'no-markup');
}

/** Fills in what the envelope says; the result is the message's name. */
function readEnvelope(decoded: DecodedMessage, root: MosElement): string {
  for (const field of ['mosID', 'ncsID', 'messageID'] as const) {
    const value = envelopeField(root, field);
    if (value !== undefined) decoded[field] = value;
  }
  const number = decoded.messageID === undefined ? undefined : parseMosNumber(decoded.messageID);
  if (number !== undefined) decoded.messageNumber = number;
  const body = findBody(root);
  decoded.findings.push(...envelopeFindings(root, body));
  if (!body) return UNREADABLE;
  decoded.body = body;
  decoded.findings.push(...bodyFindings(body));
  return messageNameIgnoringCase(body.name) ?? body.name;
}

/** A root that is not `mos`: perhaps a message without its envelope, perhaps something else altogether. */
function readBareRoot(decoded: DecodedMessage, root: MosElement): string {
  if (!isMessageName(root.name)) {
    decoded.findings.push({
      id: 'not-mos',
      text: `The root element is ${quote(root.name)}, not mos: this is no MOS message.`,
    });
    return UNREADABLE;
  }
  decoded.body = root;
  decoded.findings.push(
    { id: 'missing-envelope', text: `${root.name} stands alone, without the mos element around it.` },
    ...bodyFindings(root),
  );
  return root.name;
}

function textFindings(frame: Frame, text: string): WireFinding[] {
  const findings: WireFinding[] = [];
  if (isWide(frame.encoding) && hasLoneSurrogate(text)) {
    findings.push({
      id: 'lone-surrogate',
      text: 'The text holds half of a surrogate pair, which is no character.',
    });
  }
  if (frame.encoding === 'utf-8' && !isUtf8(frame.bytes)) {
    findings.push({ id: 'invalid-utf-8', text: 'The message holds bytes that are no UTF-8.' });
  }
  return findings;
}

function xmlFindings(frame: Frame, parsed: ParsedXml): WireFinding[] {
  const findings: WireFinding[] = [];
  if (parsed.doctype !== undefined) {
    const entities = /<!ENTITY/.test(parsed.doctype);
    findings.push({
      id: entities ? 'entity-declaration' : 'document-type',
      text: `The message brings a document type declaration${entities ? ' with entities' : ''}; it was not acted upon.`,
    });
  }
  if (parsed.tooLong !== undefined) findings.push({ id: 'not-read', text: parsed.tooLong });
  else if (parsed.problem !== undefined && !isIncomplete(frame)) {
    findings.push({ id: 'not-well-formed', text: `The message is not well-formed XML: ${parsed.problem}.` });
  }
  return findings;
}
