import { family } from './fault.ts';
import {
  all,
  any,
  code,
  figure,
  isAstray,
  isHeldUp,
  isRefused,
  isRelease,
  isServing,
  isSilent,
  isTurnedAway,
  isUnanswered,
  not,
  type Evidence,
  type Failure,
  type Fits,
} from './evidence.ts';
import {
  AFTER_A_VANISHED,
  BESIDE_AN_OLDER,
  BESIDE_ANOTHER,
  CHURN_WITH_RESETS,
  FULL_CLOSES,
  IN_SUCCESSION,
  MANY_AT_ONCE,
  OLDER_ASKS,
  SINGLE_RESETS,
  STALLS,
} from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';
import { losesRequests } from './tally.ts';

/** Faults that show when the newsroom comes back, or has a second connection beside the first. */
export const RECONNECT = family({
  'stale-session-refuses': {
    title: 'refuses the newsroom while an old session of it seems to exist',
    explanation:
      'The device keeps a session under the address or ncsID of the newsroom. After a restart or a pulled cable the ' +
      'old one has never ended, and the new connection is refused or closed until somebody restarts the device.',
    remedy:
      'Let the session end with its connection, and let a new connection of the same newsroom simply be another one.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-RC-04', 'SOCK-RC-07', 'SOCK-RC-02'],
  },
  'refuses-recall': {
    title: 'refuses to be called again for some seconds',
    explanation:
      'After a release the device is not ready at once: it re-creates its listener (and meets TIME_WAIT there) or ' +
      'waits before it takes the next connection. A newsroom that reconnects is refused first and raises an alarm.',
    remedy:
      'Leave the listener open all the time; where it must be re-created, set SO_REUSEADDR (not on Windows).',
    examples: 'accept-loop',
    requirements: ['SOCK-RC-01', 'SOCK-RC-03', 'SOCK-REL-10'],
  },
  'refuses-same-port': {
    title: 'does not serve a connection from the same address and port as the one before',
    explanation:
      'The device keys its state by the address and port of the peer and does not clear it at the end. When the ' +
      'newsroom happens to get the same port again, it meets the remains of a connection that is over.',
    remedy: 'Bind state to the accepted socket, and drop it together with that.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-RC-06'],
  },
  'reply-on-old-connection': {
    title: 'replies on an older connection of the same newsroom',
    explanation:
      'The device remembers one socket per newsroom and replies there, although the request came on another one. The ' +
      'newsroom waits in vain on the connection that asked, and takes the reply on the other for a stray message.',
    remedy: 'Reply on the socket from which the request was read.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-RC-05', 'MOS-CONN-08'],
  },
  'replies-on-wrong-connection': {
    title: 'replies on the connection that was opened last',
    explanation:
      'The device keeps one socket in a variable, and each new connection overwrites it. As soon as the newsroom has ' +
      'two connections open, the older one asks in vain and the newer one receives answers that it never asked for.',
    remedy: 'Reply on the socket from which the request was read.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CON-02', 'MOS-CONN-03', 'MOS-CONN-08', 'MOS-HB-09'],
  },
  'holds-vanished-ncs': {
    title: 'holds on to a newsroom that vanished',
    explanation:
      'A newsroom that loses power sends neither FIN nor RST. The device keeps waiting for it, and serves the ' +
      'connection after the restart only when the old one has timed out, if ever.',
    remedy:
      'Serve the new connection beside the old one, and find dead peers by keep-alive or by heartbeats.',
    examples: 'accept-loop',
    requirements: ['SOCK-RC-07'],
  },
});

/** What a device shows that waits for a newsroom which is gone: whoever comes while it waits is turned away as well. */
function held(evidence: Evidence): Failure[] {
  const vanished = evidence.failures(not(isRefused), AFTER_A_VANISHED);
  return vanished.length === 0 ? [] : [...vanished, ...evidence.failures(losesRequests, CHURN_WITH_RESETS)];
}

/** Tests that reconnect after the old connection has ended. */
const AFTER_THE_END = ['RC-01', 'RC-02', 'RC-03', 'RC-06'];

/** Tests that reconnect while the device cannot know that the old connection is over, or while it is not. */
const BESIDE_THE_OLD = [...BESIDE_AN_OLDER, 'RC-07'];

/** Tests with several connections at once. */
const SEVERAL_AT_ONCE = [...OLDER_ASKS, ...STALLS, ...MANY_AT_ONCE];

/** Answers of somebody else, and the silence of those who wait for theirs. */
const isMixedUp = any(isAstray, isUnanswered, code('out-of-order', 'surplus-answers', 'requests-lost'));

/** A connection was ended before its time. */
const isCutShort = code('requests-lost', 'closed-by-device', 'reset-by-device', 'ended-otherwise');

/** Tests that open so many connections that a local port may be used again. */
const PORTS_COME_BACK = [...IN_SUCCESSION, ...MANY_AT_ONCE];

/** Connections of a churn were ended instead of answered, and none was left without an answer. */
const isEndedEarly: Fits = all(
  code('requests-lost'),
  ({ symptom }) => figure(symptom, 'unanswered', 'misdirected') === 0,
);

/** Signatures of faults that show when the NCS comes back. */
export const RECONNECT_SIGNATURES = signatures(RECONNECT, [
  {
    fault: 'reply-on-old-connection',
    find: (evidence) =>
      evidence.shows([...BESIDE_THE_OLD, ...OLDER_ASKS, 'LANE-08'], code('answered-on-older')) &&
      !evidence.failures(code('answered-on-newer')).length
        ? certain(evidence.failures(any(isMixedUp, isServing, isRelease)))
        : undefined,
  },
  {
    fault: 'replies-on-wrong-connection',
    find: (evidence) =>
      evidence.failures(code('answered-on-newer')).length > 0
        ? certain(evidence.failures(isMixedUp))
        : undefined,
  },
  {
    fault: 'stale-session-refuses',
    find: (evidence) => {
      const refused = evidence.failures(isTurnedAway, ['RC-04', 'CON-02']);
      if (refused.length === 0 || evidence.fails(['RC-01', 'REL-02'])) return undefined;
      return likely([
        ...evidence.failures(any(isTurnedAway, isHeldUp)),
        ...evidence.of(['RC-02', 'RC-06', ...BESIDE_THE_OLD, ...SEVERAL_AT_ONCE, ...IN_SUCCESSION]),
      ]);
    },
  },
  {
    // A session that ended with a reset is never forgotten.
    fault: 'stale-session-refuses',
    find: (evidence) => {
      const refused = evidence.failures(all(isServing, isTurnedAway), [...SINGLE_RESETS, 'RC-03']);
      const isOrderly =
        evidence.shows([...FULL_CLOSES, 'RC-01'], isServing) || evidence.shows(['RC-01'], isTurnedAway);
      if (refused.length === 0 || isOrderly) return undefined;
      return likely(evidence.failures(any(isServing, isTurnedAway)));
    },
  },
  {
    fault: 'refuses-recall',
    find: (evidence) => {
      const refused = evidence.failures(isTurnedAway, ['RC-01']);
      if (refused.length === 0 || evidence.fails(['REL-01', 'CON-01'])) return undefined;
      // Where nobody may come back, a test that follows soon after another finds its first connection refused as well.
      const isRule = evidence.runs(AFTER_THE_END).every(({ verdict }) => verdict === 'fail');
      if (!isRule && evidence.fails(BESIDE_AN_OLDER)) return undefined;
      return likely([
        ...evidence.failures(any(isTurnedAway, isCutShort)),
        ...evidence.of([...AFTER_THE_END, ...SEVERAL_AT_ONCE, ...IN_SUCCESSION]),
      ]);
    },
  },
  {
    // Only a newsroom whose connection was reset is kept waiting.
    fault: 'refuses-recall',
    find: (evidence) => {
      if (!evidence.shows(['RC-03'], isTurnedAway) || evidence.fails(['RC-01', 'REL-01', 'CON-01'])) {
        return undefined;
      }
      return likely(evidence.failures(any(isTurnedAway, isCutShort)));
    },
  },
  {
    fault: 'refuses-same-port',
    find: (evidence) => {
      const refused = evidence.failures(any(isTurnedAway, isSilent), ['RC-06']);
      if (refused.length === 0 || evidence.fails(['RC-01', 'RC-03'])) return undefined;
      // Where many connections are opened, our kernel comes back to a port as well.
      return likely([...refused, ...evidence.failures(any(isTurnedAway, isEndedEarly), PORTS_COME_BACK)]);
    },
  },
  {
    fault: 'holds-vanished-ncs',
    find: (evidence) => (evidence.fails(['RC-03', ...BESIDE_ANOTHER]) ? undefined : likely(held(evidence))),
  },
]);
