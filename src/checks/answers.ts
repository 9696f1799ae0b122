import { msToUs } from '../history/clock.ts';
import { measured, symptom } from '../history/symptoms.ts';
import { EXCHANGES, isAnswerTo, mayRefuse } from '../wire/answers.ts';
import { contentName } from '../wire/content-name.ts';
import { isMessageName } from '../wire/message-names.ts';
import type { MosElement } from '../wire/types.ts';
import { validateMessage } from '../wire/validate.ts';
import { childText } from '../wire/xml.ts';
import { single, type MessageCheck } from './check.ts';
import { isMisspelt, symptomOf } from './of-validation.ts';

/** Seconds within which MOS 2.8.5 section 2.3 wants every message acknowledged. */
const SECTION_2_3_MS = 60_000;

/** The message that answers the request, or the refusal that its family knows (MOS 2.8.5 section 3). */
export const answerType = single('the type of answer that belongs to the request', ({ received }) => {
  const { message, request } = received;
  if (!request || !isMessageName(request.name)) return undefined;
  const name = contentName(message);
  if (name === 'unreadable') return symptom('unreadable-reply', { request: request.name });
  if (isAnswerTo(request.name, name) === 'answer' || mayRefuse(request.name, name)) {
    return undefined;
  }
  const wanted = EXCHANGES[request.name].answer;
  if (wanted === undefined) return undefined;
  return symptom('wrong-reply', { request: request.name, message: name, quote: wanted });
});

/** An answer within 60 s, as section 2.3 recommends. */
export const withinMinute = single('an answer within 60 s', ({ received: { request, us } }) =>
  request && us - request.sentUs > msToUs(SECTION_2_3_MS)
    ? measured('slow-reply', { afterUs: us - request.sentUs })
    : undefined,
);

/** An answer within the tester's own bound, replyTime. */
export const inTime = single('an answer within replyTime', ({ received: { request, us }, declared }) =>
  request && us - request.sentUs > msToUs(declared.replyMs)
    ? measured('slow-reply', { afterUs: us - request.sentUs })
    : undefined,
);

/** objID, objRev, status and statusDescription in this order (MOS 2.8.5 section 3.1.1). */
export const acknowledgement: MessageCheck = {
  expected: 'objID, objRev, status (ACK or NACK) and statusDescription, in this order',
  find({ received: { message }, declared }) {
    if (contentName(message) !== 'mosAck') return [];
    const { problems } = validateMessage(message, { revision: declared.revision });
    return problems
      .filter((problem) => problem.path.includes('/mosAck') && !isMisspelt(problem, message.body))
      .map((problem) => ({ symptom: symptomOf(problem, 'mosAck') }));
  },
};

/** A reason in the words of the device where it refuses by mosAck (MOS 2.8.5 section 2.2). */
export const reason = single('a reason in statusDescription', ({ received: { message } }) => {
  if (contentName(message) !== 'mosAck' || childText(message.body, 'status') !== 'NACK') return undefined;
  const words = childText(message.body, 'statusDescription') ?? '';
  const quote = 'the refusal gives no reason';
  return words === ''
    ? symptom('empty-value', { message: 'mosAck', field: 'statusDescription', quote })
    : undefined;
});

/**
 * A request of a profile that the device claims is not refused in the very words in which it refuses a message that
 * does not exist. Only words that name the message count: a bare NACK says nothing about why.
 */
export const notAsUnknown: MessageCheck = {
  expected: 'more than the answer that an unknown message gets',
  compares: true,
  find({ received, like }) {
    const { request, message } = received;
    if (!request || !like?.request || contentName(message) !== contentName(like.message)) return [];
    const own = wordsOf(message.body, request.name);
    const unknown = wordsOf(like.message.body, like.request.name);
    if (own === undefined || own.masked !== unknown?.masked) return [];
    const refused = symptom('refused-as-unknown', { request: request.name, quote: own.said.slice(0, 128) });
    return [{ symptom: refused, level: 'should' }];
  },
};

/** What a refusal says, and the same with the name of the refused message taken out; absent where it is not named. */
function wordsOf(body: MosElement | undefined, name: string): { said: string; masked: string } | undefined {
  const said = childText(body, 'statusDescription') ?? childText(body, 'roStatus') ?? '';
  if (!said.toLowerCase().includes(name.toLowerCase())) return undefined;
  return { said, masked: said.toLowerCase().replaceAll(name.toLowerCase(), '*') };
}
