import { measured, symptom } from '../history/symptoms.ts';
import type { Fact, MessageFact } from '../history/facts.ts';
import { expectsAnswer } from '../wire/answers.ts';
import { isMessageIdInRange, MAX_MESSAGE_ID, parseMosNumber } from '../wire/message-id.ts';
import type { Deviation } from './check.ts';

/** A request that the device sent on a connection that it had dialled. */
interface OwnRequest {
  us: number;
  name: string;
  /** As written. */
  messageID: string | undefined;
  number: number | undefined;
  /** When the NCS answered it. */
  answeredUs: number | undefined;
}

/** What the device sent of its own on one connection, in order. */
export interface OwnTraffic {
  requests: OwnRequest[];
  /** Messages with the messageID of a request that was already answered. */
  echoes: { request: OwnRequest; name: string }[];
}

/**
 * Arranges the facts of a connection that the device dialled.
 * @param echoUs a request with the messageID of one that was answered comes back to that answer if it comes within
 *   so many microseconds; later it is a new request that uses the number again
 */
export function readOwnTraffic(facts: readonly Fact[], echoUs: number): OwnTraffic {
  const traffic: OwnTraffic = { requests: [], echoes: [] };
  for (const fact of facts) {
    if (fact.kind !== 'message') continue;
    if (fact.direction === 'sent') enterAnswer(traffic, fact);
    else if (fact.answers === undefined) enterReceived(traffic, fact, echoUs);
  }
  return traffic;
}

function enterAnswer({ requests }: OwnTraffic, fact: MessageFact): void {
  if (fact.answers === undefined) return;
  const asked = requests.findLast((one) => one.messageID === fact.answers && one.answeredUs === undefined);
  if (asked) asked.answeredUs = fact.us;
}

function enterReceived({ requests, echoes }: OwnTraffic, fact: MessageFact, echoUs: number): void {
  const { us, name, messageID } = fact;
  const number = messageID === undefined ? undefined : parseMosNumber(messageID);
  const before = number === undefined ? undefined : requests.findLast((one) => one.number === number);
  const sinceUs = before?.answeredUs === undefined ? undefined : us - before.answeredUs;
  const isBack = !expectsAnswer(name) || (name === before?.name && (sinceUs ?? Infinity) < echoUs);
  if (before && sinceUs !== undefined && isBack) {
    echoes.push({ request: before, name });
  } else if (expectsAnswer(name) && !(before?.name === name && sinceUs === undefined)) {
    requests.push({ us, name, messageID, number, answeredUs: undefined });
  }
}

/** A property of what a device sends of its own accord. */
export interface OwnCheck {
  /** What is expected, so that it completes "expected ...". */
  expected: string;
  /** Whether enough came to judge by; without it the check does not apply. */
  enough(traffic: OwnTraffic, to?: string): boolean;
  /** The deviations so far. */
  find(traffic: OwnTraffic, to?: string): Deviation[];
}

function some({ requests }: OwnTraffic): boolean {
  return requests.length > 0;
}

/** A messageID from 1 to 2147483647 in every request (MOS 2.8.5 section 4.1.6). */
const messageIds: OwnCheck = {
  expected: 'a messageID from 1 to 2147483647 in every request of the device',
  enough: some,
  find: ({ requests }) =>
    requests.flatMap(({ name, messageID, number }): Deviation[] => {
      if (number !== undefined && isMessageIdInRange(number)) return [];
      return [
        messageID === undefined
          ? { symptom: symptom('no-message-id', { message: name }) }
          : { symptom: symptom('bad-message-id', { message: name, quote: messageID.slice(0, 64) }) },
      ];
    }),
};

/** A new number for each new request, none of them lower than before; gaps may belong to other peers. */
const counting: OwnCheck = {
  expected: 'a higher messageID in each new request of the device',
  enough: ({ requests }) => requests.length > 1,
  find: ({ requests }) =>
    requests.flatMap((request, index): Deviation[] => {
      const before = requests[index - 1]?.number;
      if (before === undefined || request.number === undefined || request.number > before) return [];
      const wrapped = request.number <= 2 && before >= MAX_MESSAGE_ID - 2;
      if (wrapped) return [];
      const figures = { before, came: request.number };
      return [{ symptom: measured('message-id-not-counting', figures, { message: request.name }) }];
    }),
};

/** Nothing comes back to the answers of the NCS: neither to heartbeat, nor to listMachInfo, nor to an acknowledgement. */
const answersAreLeft: OwnCheck = {
  expected: 'no answer to the answer of the NCS',
  enough: ({ requests }, to) => requests.some((one) => isAbout(one, to) && one.answeredUs !== undefined),
  find: ({ echoes }, to) =>
    echoes
      .filter(({ request }) => isAbout(request, to))
      .slice(0, 1)
      .map(({ request, name }) => ({
        symptom: measured(
          'answer-answered',
          { messageID: request.number ?? 0 },
          { message: name, request: request.name },
        ),
      })),
};

function isAbout({ name }: OwnRequest, to: string | undefined): boolean {
  if (to === undefined) return true;
  return to === 'acknowledged' ? name !== 'heartbeat' && name !== 'reqMachInfo' : name === to;
}

/** One request at a time (MOS 2.8.5 section 2.1); a heartbeat or reqMachInfo in between is worth a remark. */
const oneAtATime: OwnCheck = {
  expected: 'no second request of the device before the first is answered',
  enough: some,
  find: ({ requests }) =>
    requests.flatMap((request, index): Deviation[] => {
      const next = requests[index + 1];
      if (!next || (request.answeredUs ?? Infinity) <= next.us) return [];
      const light = next.name === 'heartbeat' || next.name === 'reqMachInfo';
      const between = { message: next.name, request: request.name };
      const second = measured('second-request', { afterUs: next.us - request.us }, between);
      return [{ symptom: second, ...(light && { level: 'should' as const }) }];
    }),
};

/** Heartbeats at intervals that do not differ by more than the factor 3. */
const regular: OwnCheck = {
  expected: 'heartbeats of the device at regular intervals',
  enough: ({ requests }) => heartbeatsOf(requests).length > 3,
  find: ({ requests }) => {
    const beats = heartbeatsOf(requests);
    const gaps = beats.slice(1).map(({ us }, index) => us - (beats[index]?.us ?? us));
    const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
    if (gaps.length < 3 || most <= 3 * least) return [];
    return [{ symptom: measured('irregular', { leastUs: least, mostUs: most }) }];
  },
};

function heartbeatsOf(requests: readonly OwnRequest[]): OwnRequest[] {
  return requests.filter(({ name }) => name === 'heartbeat');
}

/** The checks of what a device sends of its own accord, by the names that suites give them. */
export const OWN_CHECKS = {
  'message-ids': messageIds,
  counting,
  'answers-are-left': answersAreLeft,
  'one-at-a-time': oneAtATime,
  regular,
} satisfies Record<string, OwnCheck>;
