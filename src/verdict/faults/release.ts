import type { FaultEntry } from './fault.ts';

/** Faults of the release: what becomes of the device's end after the newsroom has closed. */
export const RELEASE_FAULTS: readonly FaultEntry[] = [
  {
    id: 'close-wait-leak',
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
  {
    id: 'late-close',
    title: 'closes its end only after a delay',
    explanation:
      'The device does close, but a timer or a polling loop decides when. Until then its end is in CLOSE_WAIT and the ' +
      "newsroom's in FIN_WAIT_2. A newsroom that reconnects often collects as many such pairs as fit into the delay.",
    remedy: 'Close as soon as the read returns nothing; do not leave it to a timer, a sweep or a finaliser.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-02', 'SOCK-REL-08'],
  },
  {
    id: 'reset-instead-of-fin',
    title: 'answers an orderly close with a reset',
    explanation:
      'The device drops the connection with RST instead of FIN: it set SO_LINGER to zero or closed with bytes unread. ' +
      'The sockets are released, but data on its way is lost and the newsroom logs an error for each ordinary close.',
    remedy: 'Read to the end before closing, and do not set SO_LINGER with a time of zero.',
    examples: 'finish-then-close',
    requirements: ['SOCK-REL-07'],
  },
  {
    id: 'descriptor-leak-on-close',
    title: 'sends its FIN and keeps the descriptor',
    explanation:
      'The device answers the close with a FIN of its own, by a shutdown, and never closes the descriptor. No socket ' +
      'table shows it: both ends look released. The process collects a descriptor with every connection until it has ' +
      'none left; then it accepts nobody, and only a restart helps.',
    remedy: 'Call close after the shutdown, on every way out of the code that serves the connection.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-09'],
  },
  {
    id: 'leak-every-nth',
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
  {
    id: 'leak-on-cut-message',
    title: 'keeps the connection when the close cuts a message in two',
    explanation:
      'The device waits for the rest of a message that will never come, and does not look at the end of the stream ' +
      "while it waits. Its end stays in CLOSE_WAIT, the newsroom's in FIN_WAIT_2. It happens whenever a newsroom is " +
      'stopped in the middle of sending.',
    remedy: 'Treat the end of the stream inside a message like any other end: drop the fragment and close.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-04', 'SOCK-HC-03'],
  },
  {
    id: 'leak-after-many-messages',
    title: 'keeps connections that carried many messages',
    explanation:
      'A connection that ends after one exchange is released; after a conversation it is not. Something that grows with ' +
      'every message (a queue, a list of waiting answers, a limit that is reached) keeps the code from the close.',
    remedy:
      'Close on the end of the stream, whatever state the connection has reached; keep nothing per message.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-02'],
  },
  {
    id: 'leak-after-silence',
    title: 'keeps connections that were silent before they ended',
    explanation:
      'A close right behind an exchange is noticed; one that comes later is not. The device looks for the end of the ' +
      'stream only for a while after it has received something, and then waits for data alone.',
    remedy:
      'Keep a read pending as long as the connection is open: the end of the stream may come at any time.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-02'],
  },
  {
    id: 'leak-after-unknown-message',
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
  {
    id: 'leak-after-malformed',
    title: 'keeps connections that carried malformed XML',
    explanation:
      'The exception of the parser leaves the code that serves the connection without closing it. Whoever sends rubbish, ' +
      'a port scanner included, leaves a socket in CLOSE_WAIT behind.',
    remedy:
      'Put the close where every way out passes, exceptions included (using, try-with-resources, with, finally).',
    examples: 'close-on-eof',
    requirements: ['SOCK-HC-01', 'SOCK-HC-03'],
  },
  {
    id: 'leak-on-one-port',
    title: 'leaves connections of one port unclosed',
    explanation:
      'Lower and upper port are served by different code, and only one of the two closes its sockets. The port that ' +
      'works hides the one that leaks; what fails in the end is only the running orders, or only the objects.',
    remedy: 'Serve all ports with the same code, the close included.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-01', 'SOCK-REL-02'],
  },
  {
    id: 'leak-above-32',
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
  {
    id: 'leak-after-reset',
    title: 'stops closing its connections after one was reset',
    explanation:
      'A reset ends the loop, thread or handler that closes sockets. Later connections are still served, but their ' +
      'ends stay in CLOSE_WAIT. One newsroom that was switched off starts a leak that shows hours later.',
    remedy:
      'Handle the error of one connection where that connection is served, so that nothing shared ends with it.',
    examples: 'survive-reset',
    requirements: ['SOCK-RC-03', 'SOCK-CH-03', 'SOCK-REL-09'],
  },
  {
    id: 'misses-fin-with-data',
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
  {
    id: 'fin-after-accept',
    title: 'closes its sending side right after accepting',
    explanation:
      'The newsroom connects and at once receives a FIN: its end is in CLOSE_WAIT before it has said anything. It ' +
      'cannot get a reply on such a connection, and often takes the device to be down.',
    remedy: 'Shut down the sending side only after the last reply, once the newsroom has closed.',
    examples: 'finish-then-close',
    requirements: ['SOCK-CON-01', 'SOCK-DC-01'],
  },
];
