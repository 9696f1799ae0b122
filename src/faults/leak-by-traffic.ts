import { family } from './fault.ts';
import { isRelease, isServing, not, type Evidence } from './evidence.ts';
import { everyLeak, leaksOnceReset } from './leaks.ts';
import {
  CHURN_OF_ALL_ENDS,
  CHURN_WITHOUT_RESETS,
  CLOSES_BETWEEN_MESSAGES,
  CLOSES_INSIDE_MESSAGE,
  CLOSES_WITH_REQUEST,
  MANY_CLOSES,
  TWENTY_AT_ONCE,
  UNFINISHED_MESSAGES,
} from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';

/** Leaks that depend on what went over the connection before it was closed: others are released. */
export const LEAK_BY_TRAFFIC = family({
  'leak-without-message': {
    title: 'keeps connections on which no whole message came',
    explanation:
      'What is registered with the accept is taken back only where the first message is handled. A connection that ' +
      'ends before that, as those of a standby newsroom or a port check do, stays in CLOSE_WAIT for good.',
    remedy: 'Put the close where every way out passes, whether or not anything was received before.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-03', 'SOCK-HC-01'],
  },
  'helper-keeps-connection': {
    title: 'starts a helper that inherits its connections',
    explanation:
      'For some request the device starts another program, which inherits the descriptors of the connections that are ' +
      'open. The device closes its own, and nothing happens: the kernel sends FIN when the last process has let go. Until ' +
      'the helper ends, the connection stays in CLOSE_WAIT.',
    remedy:
      'Open listeners and connections with close-on-exec (SOCK_CLOEXEC, accept4, HANDLE_FLAG_INHERIT off), or close ' +
      'what is not meant for the helper before it starts; end a connection by shutdown before the close.',
    requirements: ['SOCK-REL-02', 'SOCK-HC-05'],
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
});

/** Tests that end connections before a whole message came. */
const WITHOUT_MESSAGE = ['REL-01', 'REL-03', 'HC-01', ...CLOSES_INSIDE_MESSAGE, ...TWENTY_AT_ONCE];

/** Tests whose FIN cuts a message in two, beside neighbours as well. */
const CUT = [...CLOSES_INSIDE_MESSAGE, 'LANE-22'];

/** The test whose FIN comes after the request was read, and before a device that takes its time has answered it. */
const PENDING = 'HC-06';

/** Tests that close connections after one was reset: what they show may have to do with the reset. */
const AFTER_A_RESET = ['RC-03', ...CHURN_OF_ALL_ENDS];

/** Tests that close after something that most connections never see, and the fault that each alone shows. */
const AFTERWARDS = {
  'REL-10': 'leak-after-many-messages',
  'REL-11': 'leak-after-silence',
  'REL-12': 'leak-after-unknown-message',
  'ROB-01': 'leak-after-malformed',
} as const;

/** Signatures of leaks that only closes after some traffic show, or after none. */
export const LEAK_BY_TRAFFIC_SIGNATURES = signatures(LEAK_BY_TRAFFIC, [
  {
    fault: 'helper-keeps-connection',
    find: (evidence) => certain(evidence.failures(({ symptom }) => symptom.holder !== undefined)),
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
      const together = evidence.failures(isRelease, CLOSES_WITH_REQUEST);
      if (together.length === 0 || evidence.fails(['HC-01', 'HC-02', 'REL-02'])) return undefined;
      // Who leaks because an answer is pending does so on each port; that a read is late is up to the moment.
      const pending = evidence.runs([PENDING]);
      if (pending.length > 0 && pending.every(({ verdict }) => verdict === 'fail')) return undefined;
      // Whether the two really meet depends on the moment, wherever a close follows a request at once.
      const isOfResets = evidence.shows(CHURN_WITHOUT_RESETS, isRelease) ? ['RC-03'] : AFTER_A_RESET;
      return likely(everyLeak(evidence).filter(({ test }) => !isOfResets.includes(test.id)));
    },
  },
  {
    fault: 'leak-on-cut-message',
    find: (evidence) => {
      const cut = evidence.failures(isRelease, CUT);
      if (leaksOnceReset(evidence)) return undefined;
      if (cut.length === 0 || evidence.fails([...CLOSES_BETWEEN_MESSAGES, ...CLOSES_WITH_REQUEST])) {
        return undefined;
      }
      return certain([...cut, ...evidence.failures(isRelease, [...UNFINISHED_MESSAGES, 'ST-01'])]);
    },
  },
  ...Object.entries(AFTERWARDS).map(([test, fault]) => ({
    fault,
    find: (evidence: Evidence) => {
      const leaks = evidence.failures(isRelease, [test]);
      if (leaks.length === 0 || evidence.fails([...CLOSES_BETWEEN_MESSAGES, ...CUT, ...MANY_CLOSES])) {
        return undefined;
      }
      // A connection that nobody closes any more is not answered on either.
      const forsaken = test === 'ROB-01' ? evidence.failures(not(isServing), ['ROB-02']) : [];
      return likely([...leaks, ...forsaken]);
    },
  })),
]);
