import { family } from './fault.ts';
import type { PortName } from '../history/facts.ts';
import type { ConnectionResult, TestResult } from '../results/results.ts';
import {
  all,
  any,
  code,
  endings,
  figure,
  isRefused,
  isRelease,
  isServing,
  isSilent,
  isTurnedAway,
  keepsDescriptors,
  not,
  type Evidence,
  type Failure,
} from './evidence.ts';
import { certain, likely, signatures } from './signature.ts';

/** Faults of the release: what becomes of the device's end after the newsroom has closed. */
export const RELEASE = family({
  'close-wait-leak': {
    title: 'never closes its end after the newsroom has closed',
    explanation:
      "The newsroom's FIN arrives and the device's kernel acknowledges it, but the application never closes the " +
      'accepted socket. It stays in CLOSE_WAIT for as long as the application runs; the newsroom is left in ' +
      'FIN_WAIT_2. Every connection adds one pair, until MOS stops and somebody restarts an application.',
    remedy:
      'Close the accepted socket when a read returns nothing or the close event comes, on every way out of the code ' +
      'that serves the connection.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-02', 'SOCK-REL-03', 'SOCK-REL-09', 'SOCK-HC-01'],
  },
  'late-close': {
    title: 'closes its end only after a delay',
    explanation:
      'The device does close, but a timer or a polling loop decides when. Until then its end is in CLOSE_WAIT and the ' +
      "newsroom's in FIN_WAIT_2. A newsroom that reconnects often collects as many such pairs as fit into the delay.",
    remedy: 'Close as soon as the read returns nothing; do not leave it to a timer, a sweep or a finaliser.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-02', 'SOCK-REL-08'],
  },
  'reset-instead-of-fin': {
    title: 'answers an orderly close with a reset',
    explanation:
      'The device drops the connection with RST instead of FIN: it set SO_LINGER to zero or closed with bytes unread. ' +
      'The sockets are released, but data on its way is lost and the newsroom logs an error for each ordinary close.',
    remedy: 'Read to the end before closing, and do not set SO_LINGER with a time of zero.',
    examples: 'finish-then-close',
    requirements: ['SOCK-REL-07'],
  },
  'descriptor-leak-on-close': {
    title: 'sends its FIN and keeps the descriptor',
    explanation:
      'The device answers the close with a FIN of its own, by a shutdown, and never closes the descriptor. No socket ' +
      'table shows it: both ends look released. The process collects a descriptor with every connection until it has ' +
      'none left; then it accepts nobody, and only a restart helps.',
    remedy: 'Call close after the shutdown, on every way out of the code that serves the connection.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-09'],
  },
  'leak-every-nth': {
    title: 'now and then leaves a connection unclosed',
    explanation:
      'Most connections are released, some stay in CLOSE_WAIT for good: one way through the code leaves out the close, ' +
      'or two events race for it. Nothing shows in a short test; over days the sockets add up until MOS stops.',
    remedy:
      'Put the close where every way out passes (using, try-with-resources, with, one cleanup label), not at the end ' +
      'of the usual one.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-09', 'SOCK-CH-01', 'SOCK-CH-05'],
  },
  'leak-on-cut-message': {
    title: 'keeps the connection when the close cuts a message in two',
    explanation:
      'The device waits for the rest of a message that will never come, and does not look at the end of the stream ' +
      "while it waits. Its end stays in CLOSE_WAIT, the newsroom's in FIN_WAIT_2. It happens whenever a newsroom is " +
      'stopped in the middle of sending.',
    remedy: 'Treat the end of the stream inside a message like any other end: drop the fragment and close.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-04', 'SOCK-HC-03'],
  },
  'leak-without-message': {
    title: 'keeps connections on which no whole message came',
    explanation:
      'What is registered with the accept is taken back only where the first message is handled. A connection that ' +
      'ends before that, as those of a standby newsroom or a port check do, stays in CLOSE_WAIT for good.',
    remedy: 'Put the close where every way out passes, whether or not anything was received before.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-03', 'SOCK-HC-01'],
  },
  'leak-after-many-messages': {
    title: 'keeps connections that carried many messages',
    explanation:
      'A connection that ends after one exchange is released; after a conversation it is not. Something that grows with ' +
      'every message (a queue, a list of waiting answers, a limit that is reached) keeps the code from the close.',
    remedy:
      'Close on the end of the stream, whatever state the connection has reached; keep nothing per message.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-02'],
  },
  'leak-after-silence': {
    title: 'keeps connections that were silent before they ended',
    explanation:
      'A close right behind an exchange is noticed; one that comes later is not. The device looks for the end of the ' +
      'stream only for a while after it has received something, and then waits for data alone.',
    remedy:
      'Keep a read pending as long as the connection is open: the end of the stream may come at any time.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-02'],
  },
  'leak-after-unknown-message': {
    title: 'keeps connections that carried a message it does not know',
    explanation:
      'The branch for messages of an unknown type leaves out the close: such a connection stays in CLOSE_WAIT. A newsroom ' +
      'of a newer revision leaves a socket behind with every connection.',
    remedy:
      'Put the close where every way out passes (using, try-with-resources, with, one cleanup label), not at the end ' +
      'of the usual one.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-02'],
  },
  'leak-after-malformed': {
    title: 'keeps connections that carried malformed XML',
    explanation:
      'The exception of the parser leaves the code that serves the connection without closing it. Whoever sends rubbish, ' +
      'a port scanner included, leaves a socket in CLOSE_WAIT behind.',
    remedy:
      'Put the close where every way out passes, exceptions included (using, try-with-resources, with, finally).',
    examples: 'close-on-eof',
    requirements: ['SOCK-HC-01', 'SOCK-HC-03'],
  },
  'leak-on-one-port': {
    title: 'leaves connections of one port unclosed',
    explanation:
      'Lower and upper port are served by different code, and only one of the two closes its sockets. The port that ' +
      'works hides the one that leaks; what fails in the end is only the running orders, or only the objects.',
    remedy: 'Serve all ports with the same code, the close included.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-02'],
  },
  'leak-above-32': {
    title: 'leaves connections unclosed once many are open at the same time',
    explanation:
      'Up to some number of connections everything is released; beyond it some stay in CLOSE_WAIT. A table of fixed ' +
      'size, a pool of threads or the limit of select() decides who is still watched for the end of the stream.',
    remedy:
      'Watch every accepted socket for its end. Refuse what you cannot watch by closing it at once, rather than ' +
      'keeping it unwatched.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-02', 'SOCK-HC-04'],
  },
  'leak-after-reset': {
    title: 'stops closing its connections after one was reset',
    explanation:
      'A reset ends the loop, thread or handler that closes sockets. Later connections are still served, but their ' +
      'ends stay in CLOSE_WAIT. One newsroom that was switched off starts a leak that shows hours later.',
    remedy:
      'Handle the error of one connection where that connection is served, so that nothing shared ends with it.',
    examples: 'survive-reset',
    requirements: ['SOCK-RC-03', 'SOCK-CH-03', 'SOCK-REL-09'],
  },
  'misses-fin-with-data': {
    title: 'overlooks a close that arrives together with a request',
    explanation:
      'Request and FIN come in one segment. The device reads the request, and since no further event announces the ' +
      'end, it never reads again. The reply may even arrive; the connection stays in CLOSE_WAIT.',
    remedy:
      'Read until the socket says that nothing is left or that the stream has ended, also after a complete message; ' +
      'with edge-triggered events loop until EAGAIN.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-05'],
  },
});

/** Tests in which the device has nothing to do but to close after our FIN. */
const PLAIN = ['REL-01', 'REL-02', 'REL-03', 'HC-01', 'LANE-21', 'LANE-25'];

/** Those of them that even a device which knows nothing of messages would pass. */
const PLAINEST = ['REL-01', 'REL-02', 'HC-01'];

/** Tests that end connections before a whole message came. */
const WITHOUT_MESSAGE = ['REL-01', 'REL-03', 'HC-01', 'REL-04', 'HC-03', 'CON-03', 'HC-04'];

/** Tests whose FIN cuts a message in two. */
const CUT = ['REL-04', 'HC-03', 'LANE-22'];

/** Tests whose FIN comes together with a request. */
const TOGETHER = ['REL-05', 'REL-05H'];

/** The test whose FIN comes after the request was read, and before a device that takes its time has answered it. */
const PENDING = 'HC-06';

/** Tests that close many connections. */
const MANY = ['REL-09', 'CON-03', 'HC-04'];

/** Tests that close connections after one was reset: what they show may have to do with the reset. */
const AFTER_A_RESET = ['RC-03', 'CH-03M'];

/** Tests that count descriptors after resets. */
const RESETS = ['AB-06', 'CH-03A'];

/** Churn with and without a crowd. */
const ALONE = 'CH-01';
const CROWD = 'CH-02';
const FEW = ['CH-03N', 'CH-03H', 'CH-04'];
const MIXED = 'CH-03M';

/** Tests in which few connections are open at a time. */
const FEW_AND_PLAIN = [ALONE, ...FEW, 'REL-01', 'REL-02', 'REL-03', 'HC-01', 'CON-03', 'HC-04'];

/** The first tests of a campaign in which a connection is reset: by the NCS, or by a reply that nobody reads. */
const FIRST_RESETS = ['REL-06', 'RC-03', 'CH-03A', 'CH-03M', 'AB-01'];

/** So many connections that stand are a crowd of their own. */
const CROWDED = 33;

/** Far more connections left behind than requests lost are a leak of its own. */
const MANY_MORE = 0.2;

/** Tests that close after something that most connections never see, and the fault that each alone shows. */
const AFTERWARDS = {
  'REL-10': 'leak-after-many-messages',
  'REL-11': 'leak-after-silence',
  'REL-12': 'leak-after-unknown-message',
  'ROB-01': 'leak-after-malformed',
} as const;

/** Ports on which even the plainest close is not answered by one. */
function leakingPorts(evidence: Evidence): PortName[] {
  return evidence.ports.filter((port) => {
    const ran = PLAINEST.filter((id) => evidence.runs([id], port).length > 0);
    const leaking = ran.filter((id) => evidence.failures(isRelease, [id], port).length > 0);
    return leaking.length >= 2 && leaking.length === ran.length;
  });
}

/** Ports on which the plainest closes are answered by one. */
function soundPorts(evidence: Evidence): PortName[] {
  return evidence.ports.filter((port) => evidence.passes(['REL-01', 'REL-02'], port));
}

/** The connections that a failure is about. */
function accused({ test, assertion }: Failure): ConnectionResult[] {
  return test.connections.filter(({ name }) => assertion.connections.includes(name));
}

/** Whether connections were closed after all; late in a crowd only, they were accepted late. */
function closesLate(evidence: Evidence): boolean {
  // Only the first failure on a port is watched for so long that a late close can be seen.
  const leaks = evidence.failures(isRelease, [...PLAIN, ...MANY]);
  const isLate = leaks.some(({ test }) => endings(test, ['late']) > endings(test, ['never closed']));
  return isLate && !evidence.passes(['REL-01', 'HC-01']);
}

/** Connections of a device that closes none, and what follows when it has no room left for more. */
function everyLeak(evidence: Evidence, port?: PortName): Failure[] {
  const exhausted = any(isRefused, isSilent, isTurnedAway);
  return [
    ...evidence.failures(any(isRelease, code('leak-grows')), undefined, port),
    ...evidence.failures(keepsDescriptors, ['REL-09', 'DC-03', ...RESETS], port),
    ...evidence.failures(all(isServing, exhausted), MANY, port),
    ...evidence.failures(all(isServing, isTurnedAway), undefined, port),
  ];
}

/** Whether nothing went wrong in a churn but that connections were left behind. */
function answersAll(evidence: Evidence, test: TestResult): boolean {
  return !evidence.failures(code('requests-lost')).some((one) => one.test === test);
}

/** Churns in which connections were left behind and nothing else went wrong. */
function churnLeaks(evidence: Evidence, ids: readonly string[]): Failure[] {
  return evidence
    .failures(code('left-behind', 'leak-grows'), ids)
    .filter(({ test }) => answersAll(evidence, test));
}

/** The share of the connections of a churn that were left behind, or of its requests that were lost. */
function shareOf(evidence: Evidence, test: TestResult, what: 'left-behind' | 'requests-lost'): number {
  const [failure] = evidence.failures(code(what)).filter((one) => one.test === test);
  if (!failure) return 0;
  const { symptom } = failure;
  return what === 'left-behind'
    ? figure(symptom, 'left') / figure(symptom, 'opened')
    : figure(symptom, 'unanswered') / figure(symptom, 'started');
}

/** Signatures of faults of the release. */
export const RELEASE_SIGNATURES = signatures(RELEASE, [
  {
    fault: 'late-close',
    // Who closes late does close: a descriptor that is kept has another reason.
    find: (evidence) =>
      closesLate(evidence) ? certain(everyLeak(evidence).filter(not(keepsDescriptors))) : undefined,
  },
  {
    // Slower than a newsroom should have to wait for, and still in time.
    fault: 'late-close',
    find: (evidence) => {
      const slow = evidence.failures(isRelease, ['REL-08']);
      const isLost = evidence.shows([...PLAIN, ...MANY], isRelease);
      const isClosed =
        !isLost && slow.every((one) => accused(one).every(({ outcome }) => outcome === 'clean'));
      return isClosed ? likely(slow) : undefined;
    },
  },
  {
    fault: 'leak-on-one-port',
    find: (evidence) => {
      const leaking = leakingPorts(evidence);
      if (leaking.length === 0 || soundPorts(evidence).length === 0) return undefined;
      return certain(leaking.flatMap((port) => everyLeak(evidence, port)));
    },
  },
  {
    fault: 'close-wait-leak',
    find: (evidence) =>
      leakingPorts(evidence).length > 0 && soundPorts(evidence).length === 0 && !closesLate(evidence)
        ? certain(everyLeak(evidence))
        : undefined,
  },
  {
    // Everything that ends before the first whole message leaks, and nothing that ends after one.
    fault: 'leak-without-message',
    find: (evidence) => {
      const without = evidence.failures(isRelease, WITHOUT_MESSAGE);
      const ids = new Set(without.map(({ test }) => test.id));
      if (!ids.has('REL-01') || !ids.has('HC-01') || evidence.fails(['REL-02'])) return undefined;
      return certain([...without, ...everyLeak(evidence)]);
    },
  },
  {
    fault: 'misses-fin-with-data',
    find: (evidence) => {
      const together = evidence.failures(isRelease, TOGETHER);
      if (together.length === 0 || evidence.fails(['HC-01', 'HC-02', 'REL-02', PENDING])) return undefined;
      // Whether the two really meet depends on the moment, wherever a close follows a request at once.
      return likely(everyLeak(evidence).filter(({ test }) => !AFTER_A_RESET.includes(test.id)));
    },
  },
  {
    fault: 'leak-on-cut-message',
    find: (evidence) => {
      const cut = evidence.failures(isRelease, CUT);
      if (cut.length === 0 || evidence.fails([...PLAIN, ...TOGETHER])) return undefined;
      return certain([...cut, ...evidence.failures(isRelease, ['ROB-01', 'ROB-03', 'ROB-10', 'ST-01'])]);
    },
  },
  ...Object.entries(AFTERWARDS).map(([test, fault]) => ({
    fault,
    find: (evidence: Evidence) => {
      const leaks = evidence.failures(isRelease, [test]);
      if (leaks.length === 0 || evidence.fails([...PLAIN, ...CUT, ...MANY])) return undefined;
      // A connection that nobody closes any more is not answered on either.
      const forsaken = test === 'ROB-01' ? evidence.failures(not(isServing), ['ROB-02']) : [];
      return likely([...leaks, ...forsaken]);
    },
  })),
  {
    fault: 'leak-every-nth',
    find: (evidence) => {
      const some = evidence
        .failures(isRelease, MANY)
        .filter(({ test }) => endings(test, ['never closed', 'late']) < test.connections.length / 2);
      return some.length > 0 ? likely(evidence.failures(any(isRelease, code('leak-grows')))) : undefined;
    },
  },
  {
    fault: 'leak-every-nth',
    find: (evidence) => {
      if (evidence.fails(['REL-01', 'REL-02', 'REL-03', 'HC-01'])) return undefined;
      const some = churnLeaks(evidence, [ALONE]).filter(
        ({ test }) => shareOf(evidence, test, 'left-behind') < 0.5,
      );
      return some.length > 0 ? likely(churnLeaks(evidence, [ALONE, CROWD, ...FEW, MIXED])) : undefined;
    },
  },
  {
    fault: 'descriptor-leak-on-close',
    find: (evidence) => {
      const kept = evidence.failures(keepsDescriptors, ['REL-09']);
      return kept.length > 0
        ? certain([...kept, ...evidence.failures(keepsDescriptors, ['DC-03', ...RESETS])])
        : undefined;
    },
  },
  {
    fault: 'reset-instead-of-fin',
    find: (evidence) =>
      certain(evidence.failures(({ symptom }) => symptom.ended === 'reset by device', ['REL-07'])),
  },
  {
    fault: 'leak-after-reset',
    find: (evidence) => {
      const leaking = evidence.failures(isRelease, ['RC-03']);
      if (leaking.length === 0 || evidence.fails(PLAINEST)) return undefined;
      return certain([...leaking, ...everyLeak(evidence), ...evidence.of([MIXED, 'CH-03A'])]);
    },
  },
  {
    // Until the first reset every close is answered by one, and none afterwards.
    fault: 'leak-after-reset',
    find: (evidence) => {
      if (!evidence.passes(['REL-01', 'REL-02']) || !evidence.shows(['HC-01'], isRelease)) return undefined;
      return evidence.failuresBefore(FIRST_RESETS, isRelease).length > 0
        ? undefined
        : certain(everyLeak(evidence));
    },
  },
  {
    fault: 'leak-after-reset',
    find: (evidence) =>
      evidence.fails([ALONE, CROWD, ...FEW, 'REL-01', 'REL-02', 'REL-03', 'HC-01'])
        ? undefined
        : likely(churnLeaks(evidence, [MIXED])),
  },
  {
    fault: 'leak-above-32',
    find: (evidence) => {
      // What follows a crowd that was never released is crowded as well.
      if (evidence.failuresBefore([CROWD], any(isRelease, isServing)).length > 0) return undefined;
      if (evidence.fails(FEW_AND_PLAIN) && !leavesCrowd(evidence)) return undefined;
      // A connection whose answer is lost stays open as well; far more than those is a leak of its own.
      const many = evidence
        .failures(code('left-behind', 'leak-grows'), [CROWD])
        .filter(({ test }) => !isMisdirected(evidence, test))
        .filter(
          ({ test }) =>
            shareOf(evidence, test, 'left-behind') - shareOf(evidence, test, 'requests-lost') >= MANY_MORE,
        );
      return many.length > 0 ? likely([...many, ...everyLeak(evidence)]) : undefined;
    },
  },
]);

/** Whether a churn left so many connections behind that every later one comes into a crowd. */
function leavesCrowd(evidence: Evidence): boolean {
  return evidence.shows([CROWD], ({ symptom }) => figure(symptom, 'left') >= CROWDED);
}

function isMisdirected(evidence: Evidence, test: TestResult): boolean {
  return evidence
    .failures(code('requests-lost'))
    .some((one) => one.test === test && figure(one.symptom, 'misdirected') > 0);
}
