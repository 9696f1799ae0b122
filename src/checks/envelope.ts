import { measured, symptom, type Symptom } from '../history/symptoms.ts';
import type { DecodedMessage } from '../wire/types.ts';
import { single, type Deviation, type MessageCheck } from './check.ts';

/** Stands for a messageID that is no number. */
const NO_NUMBER = -1;

/** Findings of the decoder that say something about which messages an envelope holds. */
const CONTENT = new Set(['several-messages', 'no-message', 'missing-envelope', 'repeated-envelope-field']);

/** The mosID and the ncsID of the configuration, in their own places (MOS 2.8.5 section 2.1). */
export const ids: MessageCheck = {
  expected: 'the configured mosID and ncsID, each in its place',
  find({ received: { message }, declared }) {
    const { mosID, ncsID } = message;
    if (mosID === declared.ncsId && ncsID === declared.mosId && mosID !== ncsID) {
      const quote = `mosID is "${mosID}", ncsID is "${ncsID}"`;
      return [{ symptom: symptom('ids-exchanged', { quote }) }];
    }
    return [...deviation('mosID', mosID, declared.mosId), ...deviation('ncsID', ncsID, declared.ncsId)];
  },
};

function deviation(field: 'mosID' | 'ncsID', found: string | undefined, wanted: string): Deviation[] {
  if (found === wanted.trim()) return [];
  if (found === undefined) return [{ symptom: symptom('wrong-id', { field }) }];
  const quote = `${found === '' ? 'empty' : `"${found.slice(0, 128)}"`} instead of "${wanted}"`;
  return [{ symptom: symptom('wrong-id', { field, quote }) }];
}

/** mosID, ncsID, messageID, message (MOS 2.8.5 section 2.1); what MOS does not know may stand anywhere. */
export const envelopeOrder = single('mosID, ncsID, messageID and the message in this order', ({ received }) =>
  findingOf(received.message, ['envelope-order'], 'envelope-order'),
);

/** Exactly one message in each envelope (DTD); unknown elements beside it are tags of the vendor. */
export const oneMessage: MessageCheck = {
  expected: 'exactly one message in the envelope',
  find({ received: { message } }) {
    const found = findingOf(message, [...CONTENT], 'not-one-message');
    if (found) return [{ symptom: found }];
    const extra = findingOf(message, ['extra-sibling'], 'unexpected-element');
    return extra ? [{ symptom: extra, level: 'may' }] : [];
  },
};

/** The messageID of the request, compared as a number (MOS 2.8.5 section 4.1.6). */
export const echo: MessageCheck = {
  expected: 'the messageID of the request',
  patient: true,
  find({ received }) {
    const { request, message } = received;
    const wanted = request?.messageNumber;
    if (!request || wanted === undefined) return [];
    // The device may have sent a request of its own in between; whichever reply is right counts.
    if (request.answers.some((answer) => answer.message.messageNumber === wanted)) return [];
    if (message.messageID === undefined || message.messageID === '') {
      return [{ symptom: symptom('no-message-id', { quote: String(wanted) }) }];
    }
    const figures = { asked: wanted, came: message.messageNumber ?? NO_NUMBER };
    const { messageID: written = '' } = request;
    const remark = written === String(wanted) ? {} : { remark: `in the request it was written ${written}` };
    const told = { quote: message.messageID.slice(0, 64), ...remark };
    return [{ symptom: measured('wrong-message-id', figures, told) }];
  },
};

function findingOf(
  message: DecodedMessage,
  ids: readonly string[],
  code: 'envelope-order' | 'not-one-message' | 'unexpected-element',
): Symptom | undefined {
  const found = message.findings.find(({ id }) => ids.includes(id));
  return found && symptom(code, { finding: found.id, quote: clause(found.text) });
}

/** A finding's sentence as a clause. */
function clause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
}
