import { family } from './fault.ts';
import type { PortName } from '../history/facts.ts';
import type { ConnectionResult } from '../results/results.ts';
import { isRelease, keepsDescriptors, not, type Evidence, type Failure } from './evidence.ts';
import { everyLeak } from './leaks.ts';
import { CLOSES_BETWEEN_MESSAGES, FULL_CLOSES, MANY_CLOSES, PLAIN_CLOSES } from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';

/** Faults of the release: what becomes of the device's end after the newsroom has closed, whatever came before. */
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
  'leak-on-one-port': {
    title: 'leaves connections of one port unclosed',
    explanation:
      'Lower and upper port are served by different code, and only one of the two closes its sockets. The port that ' +
      'works hides the one that leaks; what fails in the end is only the running orders, or only the objects.',
    remedy: 'Serve all ports with the same code, the close included.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-02'],
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
});

/** Tests that close one connection or many of them, never inside a message. */
const CLOSES = [...CLOSES_BETWEEN_MESSAGES, ...MANY_CLOSES];

/** Ports on which even the plainest close is not answered by one. */
function leakingPorts(evidence: Evidence): PortName[] {
  return evidence.ports.filter((port) => {
    const ran = PLAIN_CLOSES.filter((id) => evidence.runs([id], port).length > 0);
    const leaking = ran.filter((id) => evidence.failures(isRelease, [id], port).length > 0);
    return leaking.length >= 2 && leaking.length === ran.length;
  });
}

/** Ports on which the plainest closes are answered by one. */
function soundPorts(evidence: Evidence): PortName[] {
  return evidence.ports.filter((port) => evidence.passes(FULL_CLOSES, port));
}

/** The connections that a failure is about. */
function accused({ test, assertion }: Failure): ConnectionResult[] {
  return test.connections.filter(({ name }) => assertion.connections.includes(name));
}

/** Whether connections were closed after all; late in a crowd only, they were accepted late. */
function closesLate(evidence: Evidence): boolean {
  // Only the first failure on a port is watched for so long that a late close can be seen.
  const leaks = evidence.failures(isRelease, CLOSES);
  const isLate = leaks.some((one) => {
    const ended = accused(one).map(({ outcome }) => outcome);
    return (
      ended.filter((how) => how === 'late').length > ended.filter((how) => how === 'never closed').length
    );
  });
  return isLate && !evidence.passes(['REL-01', 'HC-01']);
}

/** Signatures of faults that every close shows, at least those of one port. */
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
      const isLost = evidence.shows(CLOSES, isRelease);
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
    fault: 'reset-instead-of-fin',
    find: (evidence) =>
      certain(evidence.failures(({ symptom }) => symptom.ended === 'reset by device', ['REL-07'])),
  },
]);
