import type { AssertionResult, TestResult } from '../../results/results.ts';
import { match } from './matches.ts';
import type { Signature } from './signatures.ts';
import { failures, type Symptoms } from './symptoms.ts';

/** How a device fails that does not answer what it was asked. */
const UNANSWERED = /^nothing came|instead of answering/;

/** Failures of a test that are not about serving afterwards. */
function complaints(test: TestResult): AssertionResult[] {
  return failures(test).filter((one) => !one.connections.includes('probe'));
}

/** Runs of these tests that failed with these words. */
function broken(symptoms: Symptoms, ids: readonly string[], words: RegExp): TestResult[] {
  return symptoms.failed(ids).filter((test) => complaints(test).some(({ actual }) => words.test(actual)));
}

/** Runs of these tests after which a port refused connections, or did not serve. */
function stopped(symptoms: Symptoms, ids: readonly string[]): TestResult[] {
  return symptoms
    .failed(ids)
    .filter((test) => failures(test).some((one) => /ECONNREFUSED|no longer serves/.test(one.actual)));
}

/** Runs of these tests that a device did not survive which survives what any connection brings. */
function killed(symptoms: Symptoms, ids: readonly string[]): TestResult[] {
  return stopped(symptoms, ['HB-01', 'HB-02', 'LANE-15', 'ROB-10']).length > 0 ? [] : stopped(symptoms, ids);
}

/** A signature of one kind of failure, which nothing else shows in these tests. */
function shown(id: string, ids: readonly string[], words: RegExp): Signature {
  return { id, match: (symptoms) => match(broken(symptoms, ids, words)) };
}

/** Faults of the envelope and of acknowledgement. */
const ENVELOPE: readonly Signature[] = [
  shown('swapped-ids', ['ENV-01'], /are exchanged/),
  shown('wrong-mos-id', ['ENV-01'], /^(mosID|ncsID) is|has no (mosID|ncsID)/),
  shown('envelope-out-of-order', ['ENV-02'], /the order is/),
  shown('several-messages', ['ENV-03'], /message elements|holds (mosID|ncsID|messageID) \d+ times/),
  shown('needs-message-id', ['ENV-08'], UNANSWERED),
  shown('no-message-id', ['ENV-06'], /carries no messageID/),
  shown('wrong-message-id', ['ENV-06'], /carries messageID/),
  shown('repeats-own-message-id', ['DIAL-01'], /carries messageID|no messageID/),
  shown('duplicate-reply', ['HB-08', 'MI-12'], /answers came to/),
  shown(
    'wrong-reply-type',
    ['ACK-04', 'HB-01', 'HB-02', 'MI-01', 'MI-02', 'MI-16'],
    /was answered by|came instead of/,
  ),
  shown('incomplete-ack', ['ACK-04'], /lacks the required|gives no reason|is none of/),
];

/** Faults of heartbeat and machine information. */
const PROFILE_0: readonly Signature[] = [
  shown('invalid-reply', ['MI-03', 'ACK-04'], /stands after|no place in|more than once|stand together/),
  shown('no-heartbeat', ['HB-01', 'HB-02'], UNANSWERED),
  shown('heartbeat-without-time', ['HB-03'], /has no time|time is empty|no date-time/),
  shown('answers-heartbeat-answer', ['DIAL-02'], /came back/),
  shown('breaks-on-heartbeat-time', ['HB-11'], UNANSWERED),
  {
    id: 'expects-handshake',
    match: (symptoms) => {
      const fresh = broken(symptoms, ['LANE-13'], UNANSWERED);
      return fresh.length === 0
        ? undefined
        : match([...fresh, ...broken(symptoms, ['MI-01', 'MI-02'], UNANSWERED)]);
    },
  },
  shown('no-machine-info', ['MI-01', 'MI-02'], UNANSWERED),
  {
    id: 'machine-info-incomplete',
    match: (symptoms) => {
      const lacking = broken(
        symptoms,
        ['MI-03'],
        /lacks|has no|is empty|deviceType|instead of YES|no date-time/,
      );
      return match(lacking.filter(({ level }) => level === 'must'));
    },
  },
  {
    id: 'machine-info-breaks-dependencies',
    match: (symptoms) => {
      const claim = symptoms.failed(['MI-07']);
      return claim.length === 0 ? undefined : match([...claim, ...broken(symptoms, ['MI-04'], /says? YES/)]);
    },
  },
  {
    id: 'machine-info-varies',
    match: (symptoms) => {
      const varying = symptoms.failed(['MI-13']);
      return varying.length === 0
        ? undefined
        : match([...varying, ...broken(symptoms, ['MI-04'], /says? YES/)]);
    },
  },
  {
    id: 'machine-info-overclaims',
    match: (symptoms) => {
      const refused = [...broken(symptoms, ['MI-15', 'MI-16'], /unknown message|^nothing came/)];
      const more = broken(symptoms, ['MI-04'], /says YES/);
      return refused.length > 0 ? match([...refused, ...more], 'likely') : match(more, 'possible');
    },
  },
];

/** Faults between connections, ports and newsrooms. */
const LANES: readonly Signature[] = [
  shown('second-lane-blocked', ['LANE-11', 'LANE-12', 'DIAL-05'], UNANSWERED),
  shown('replies-on-wrong-connection', ['LANE-08'], /came on second/),
  shown('reply-on-old-connection', ['LANE-08'], /came on first/),
  {
    id: 'one-newsroom-at-a-time',
    match: (symptoms) =>
      symptoms.clean(['LANE-08'])
        ? match(broken(symptoms, ['LANE-09'], /^nothing came|it was refused/))
        : undefined,
  },
];

/** Faults that bad input brings to light. */
const ROBUSTNESS: readonly Signature[] = [
  { id: 'crashes-on-malformed', match: (symptoms) => match(killed(symptoms, ['ROB-01', 'ROB-02'])) },
  shown('deaf-after-malformed', ['ROB-02'], UNANSWERED),
  shown('expands-entities', ['ROB-11', 'ROB-12'], /holds it/),
  { id: 'disturbed-by-wrong-ids', match: (symptoms) => match(killed(symptoms, ['ROB-07'])) },
  {
    id: 'disturbed-by-odd-message-id',
    match: (symptoms) => match([...killed(symptoms, ['ROB-08']), ...symptoms.failed(['ENV-07'])]),
  },
  shown(
    'acknowledges-acknowledgements',
    ['ROB-13', 'ROB-14', 'DIAL-03', 'DIAL-04'],
    /Ack (came|with messageID)/,
  ),
  {
    id: 'swallows-unknown-and-stops',
    match: (symptoms) =>
      symptoms.fails(['FRM-14'])
        ? match(broken(symptoms, ['FRM-14', 'ROB-05', 'ROB-06'], UNANSWERED))
        : undefined,
  },
  {
    id: 'disturbed-by-stray-messages',
    match: (symptoms) => {
      const strays = ['ROB-05', 'ROB-06', 'ROB-13', 'ROB-14'];
      return match([...broken(symptoms, strays, UNANSWERED), ...killed(symptoms, strays)], 'likely');
    },
  },
];

/** Signatures of faults of messages and of robustness; they are asked in this order. */
export const MESSAGE_SIGNATURES: readonly Signature[] = [...LANES, ...ENVELOPE, ...PROFILE_0, ...ROBUSTNESS];
