import { formatUs } from '../../history/clock.ts';
import type { Symptom } from '../../history/symptoms.ts';
import { splitsTried } from './share.ts';
import type { Sentences } from './telling.ts';

/** What is said of requests and their answers. */
export const ANSWERS: Sentences<
  | 'no-reply'
  | 'partial-reply'
  | 'closed-instead'
  | 'reset-instead'
  | 'not-sent'
  | 'not-accepted'
  | 'closed-unasked'
  | 'no-dial'
  | 'request-refused'
  | 'wrong-reply'
  | 'unreadable-reply'
  | 'answered-on-older'
  | 'answered-on-newer'
  | 'out-of-order'
  | 'surplus-answers'
  | 'slow-reply'
  | 'lost-when-split'
  | 'unwanted-message'
  | 'text-came-back'
  | 'refused-as-unknown'
  | 'refused-all'
  | 'answer-answered'
  | 'second-request'
  | 'irregular'
> = {
  'no-reply': (symptom) => unanswered(symptom, `nothing came within ${formatUs(symptom.figures.withinUs)}`),
  'partial-reply': (symptom) => {
    const { bytes, withinUs } = symptom.figures;
    return unanswered(symptom, `${bytes} bytes came within ${formatUs(withinUs)}, but no complete message`);
  },
  'closed-instead': (symptom) => unanswered(symptom, instead('closed', symptom.figures.afterUs)),
  'reset-instead': (symptom) => unanswered(symptom, instead('reset', symptom.figures.afterUs)),
  'not-sent': (symptom) => unanswered(symptom, `it could not be sent: ${symptom.quote}`),
  'not-accepted': () => 'its application does not accept the connection',
  'closed-unasked': () => 'the device closed the connection before anything was asked',
  'no-dial': ({ figures, quote }) =>
    `the device dialled none of ${quote} within ${formatUs(figures.withinUs)}`,
  'request-refused': ({ message }) => `it was refused by ${message}`,
  'wrong-reply': ({ request, message, quote }) =>
    request === undefined
      ? `${message} came instead of ${quote}`
      : `${request} was answered by ${message} instead of ${quote}`,
  'unreadable-reply': ({ request }) => `the answer to ${request} could not be read`,
  'answered-on-older': ({ quote }) => `the answer came on ${quote}, not on the connection that asked`,
  'answered-on-newer': ({ quote }) => `the answer came on ${quote}, not on the connection that asked`,
  'out-of-order': () => 'the answers did not come in the order of the requests',
  'surplus-answers': ({ figures: { answers, requests } }) =>
    `${answers} answers came to ${requests} request${requests === 1 ? '' : 's'}`,
  'slow-reply': ({ figures }) => `it took ${formatUs(figures.afterUs)}`,
  'lost-when-split': ({ figures, cause, quote }, tell) => {
    const { offset, bytes, answered, places } = figures;
    const tried = splitsTried({ answered, places, kind: quote });
    return `split after byte ${offset} of ${bytes}: ${tell(cause)}; ${tried}`;
  },
  'unwanted-message': ({ message }) => `${message} came`,
  'text-came-back': ({ message }) => `${message} came and holds it`,
  'refused-as-unknown': ({ request, quote }) =>
    `${request} is refused in the words that an unknown message gets: "${quote}"`,
  'refused-all': ({ quote }) => `every one of ${quote} was refused or left unanswered`,
  'answer-answered': ({ message, request, figures }) =>
    `${message} with messageID ${figures.messageID} came back to the answer to ${request}`,
  'second-request': ({ message, request, figures }) =>
    `${message} came ${formatUs(figures.afterUs)} after ${request}, which was not answered yet`,
  irregular: ({ figures: { leastUs, mostUs } }) =>
    `two heartbeats lie between ${formatUs(leastUs)} and ${formatUs(mostUs)} apart`,
};

function instead(verb: 'closed' | 'reset', afterUs: number): string {
  return `the device ${verb} the connection instead of answering (after ${formatUs(afterUs)})`;
}

/** Of several requests, how many got no answer. */
function unanswered({ share }: Symptom, clause: string): string {
  return share ? `${share.count} of ${share.of} were not answered: ${clause}` : clause;
}
