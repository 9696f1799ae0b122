import { family } from './fault.ts';
import {
  all,
  any,
  code,
  figure,
  isRefused,
  isRelease,
  isServing,
  isSilent,
  type Evidence,
  type Failure,
  type Fits,
} from './evidence.ts';
import {
  BESIDE_AN_OLDER,
  CALM,
  CHURN_IN_CROWD,
  CHURN_ONE_BY_ONE,
  IN_SUCCESSION,
  MANY_AT_ONCE,
  OLDER_ASKS,
  TWENTY_AT_ONCE,
} from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';
import { isOnlyUnanswered, losesRequests } from './tally.ts';

/** Faults of listening and accepting: what a newsroom meets before it has said anything. */
export const ACCEPT = family({
  'does-not-accept': {
    title: 'does not accept connections on a declared port',
    explanation:
      'The connection is refused, or no answer to the handshake comes at all: nobody listens there, it listens on ' +
      'another address, or something on the way filters it. The newsroom shows the device as down.',
    remedy:
      'Listen on every declared port and on the address that the newsroom uses (0.0.0.0 or ::); check the firewall ' +
      'between the two.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-01', 'MOS-CONN-01', 'MOS-CONN-02', 'MOS-CONN-12'],
  },
  'fin-after-accept': {
    title: 'closes its sending side right after accepting',
    explanation:
      'The newsroom connects and at once receives a FIN: its end is in CLOSE_WAIT before it has said anything. It ' +
      'cannot get a reply on such a connection, and often takes the device to be down.',
    remedy: 'Shut down the sending side only after the last reply, once the newsroom has closed.',
    examples: 'finish-then-close',
    requirements: ['SOCK-CON-01', 'SOCK-DC-01'],
  },
  'slow-accept': {
    title: 'accepts slowly',
    explanation:
      'The accept loop does other work or sleeps between two accepts. Handshakes complete in the kernel and then wait ' +
      'in its queue; when many connections come at once, later ones time out or the queue overflows.',
    remedy:
      'Let the accepting code do nothing but accept, drain the queue each time, and ask for a backlog of 50 or more.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-02', 'SOCK-RC-01'],
  },
});

/** Tests with several connections at once, or in quick succession. */
const HURRIED = [...IN_SUCCESSION, ...OLDER_ASKS, ...MANY_AT_ONCE, 'AB-04'];

/** Answers in a crowd that take so many times as long as single ones have waited for their turn. */
const TIMES = 20;

/** ms to a reply of a device that answers at once; what is shorter is rather the pace of this machine. */
const PROMPT_MS = 4;

/** The crowd waits for its turn: also what is answered is answered late. */
function isHeldBack({ habits }: Evidence, { symptom, test: { port } }: Failure): boolean {
  const replyMs = Math.max(PROMPT_MS, (port && habits[port]?.replyMs) ?? PROMPT_MS);
  return figure(symptom, 'typicalUs') >= TIMES * replyMs * 1_000;
}

/** A close that comes so soon after the connect has to do with nothing that the NCS did. */
const AT_ONCE_US = 100_000;

/** A fresh connection is served so late that no load of this machine explains it. */
const SLOW_MS = 1_000;

/** Signatures of faults that spoil or delay whatever comes after the accept. */
export const ACCEPT_SIGNATURES = signatures(ACCEPT, [
  {
    fault: 'does-not-accept',
    find: (evidence) => {
      const dead = evidence.ports.filter((port) => evidence.habits[port]?.answers === 'refused');
      const ofDead: Fits = ({ test: { port } }) => port === undefined || dead.includes(port);
      return dead.length > 0 ? certain(evidence.failures(all(ofDead, isRefused))) : undefined;
    },
  },
  {
    fault: 'fin-after-accept',
    find: (evidence) => {
      const isAtOnce = any(
        code('closed-unasked'),
        all(code('closed-by-device'), ({ symptom }) => figure(symptom, 'afterUs') < AT_ONCE_US),
      );
      if (!evidence.shows(['SAN-OPEN', 'CON-04'], isAtOnce) || evidence.passes(['CON-01'])) return undefined;
      return certain(evidence.failures());
    },
  },
  {
    // What nobody accepts is not released either: the application has never seen it.
    fault: 'slow-accept',
    find: (evidence) => {
      const isSlow = Object.values(evidence.habits).some(({ replyMs = 0 }) => replyMs >= SLOW_MS);
      // Connections that ask for nothing cost nothing but their accept.
      const behindOthers = evidence.failures(all(isServing, isSilent), TWENTY_AT_ONCE);
      const waiting = [...evidence.failures(code('never-accepted')), ...behindOthers];
      if (waiting.length === 0 || !isSlow) return undefined;
      return likely([...waiting, ...evidence.failures(any(isRelease, isSilent, code('slow-reply')))]);
    },
  },
  {
    fault: 'slow-accept',
    find: (evidence) => {
      // Connections that were reset at once are in nobody's way any more, unless each takes its time to be accepted.
      const delayed = ['CON-03', 'AB-04'].every((id) => evidence.shows([id], isSilent));
      if (!delayed || evidence.fails(CALM)) return undefined;
      return likely(evidence.of(HURRIED));
    },
  },
  {
    fault: 'slow-accept',
    find: (evidence) => {
      if (evidence.fails([...CHURN_ONE_BY_ONE, 'CON-01', ...BESIDE_AN_OLDER, ...CALM])) return undefined;
      // Where only those that stay open are in the way, it is no matter of accepting.
      if (evidence.fails(TWENTY_AT_ONCE) && !evidence.fails(['REL-03', 'REL-09'])) return undefined;
      const lost = evidence
        .failures(all(losesRequests, isOnlyUnanswered), CHURN_IN_CROWD)
        .filter((one) => isHeldBack(evidence, one));
      return lost.length > 0 ? likely(evidence.of(HURRIED)) : undefined;
    },
  },
]);
