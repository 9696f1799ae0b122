import { expectsAnswer, portsOf } from '../../wire/answers.ts';
import { decodeText, encodeText } from '../../wire/encoding.ts';
import { isMessageName } from '../../wire/message-names.ts';
import type { DecodedMessage, Frame } from '../../wire/types.ts';
import type { Connection } from '../connection.ts';
import { expandEntities } from '../entities.ts';
import { isMalformed, isUnknown } from '../malformed.ts';
import { deafFrom, diesOf, family } from './shapes.ts';

/** Faults that bad input brings to light. */
export const ROBUSTNESS = family({
  'crashes-on-malformed': diesOf(isMalformed),
  'deaf-after-malformed': deafFrom(isMalformed),
  'expands-entities': {
    behave: () => ({ framed: (_connection, frames) => frames.map(expanded) }),
  },
  'expands-entities-in-ids': {
    behave: () => ({
      framed: (_connection, frames) =>
        frames.map((frame) => (IN_AN_ID.test(textOf(frame)) ? expanded(frame) : frame)),
    }),
  },
  'swallows-unknown-and-stops': deafFrom(isUnknown),
  'disturbed-by-wrong-ids': diesOf(({ mosID, ncsID, body }, { mosId, ncsIds }) => {
    const isOurs = mosID === mosId && ncsIds.some((known) => known === ncsID);
    return body !== undefined && !isOurs;
  }),
  'disturbed-by-odd-message-id': {
    behave: (device) => ({
      message(_connection, message, next) {
        const isWord = /^\w+$/.test(message.messageID ?? '') && message.messageNumber === undefined;
        if (isWord) device.exit();
        else next();
      },
      answer(exchange, next) {
        if (/^0?x/i.test(exchange.request.messageID ?? '')) exchange.answer.messageID = 0;
        next();
      },
    }),
  },
  'disturbed-by-stray-messages': deafFrom(isStray),
});

/** An entity in the ID of a running order or an object. */
const IN_AN_ID = /<(roID|objID)>&\w+;/;

function textOf(frame: Frame): string {
  return `${frame.junkBefore ?? ''}${decodeText(frame.bytes, frame.encoding)}`;
}

function expanded(frame: Frame): Frame {
  const text = textOf(frame);
  if (!text.includes('<!ENTITY')) return frame;
  return { bytes: encodeText(expandEntities(text), frame.encoding), encoding: frame.encoding, findings: [] };
}

/** Whether this answers nothing that was asked, or belongs to another port. The query port takes everything. */
function isStray({ name }: DecodedMessage, { port }: Connection): boolean {
  return port !== 'query' && isMessageName(name) && !(expectsAnswer(name) && portsOf(name).includes(port));
}
