import type { FaultEntry } from './fault.ts';

/** Faults under load and with difficult peers. */
export const LOAD_FAULTS: readonly FaultEntry[] = [
  {
    id: 'reply-on-other-under-load',
    title: "sends replies on somebody else's connection under load",
    explanation:
      'Requests that overlap share a variable that holds the socket to answer on. The reply of one newsroom reaches ' +
      'another, which may apply it; the first one waits. It happens only when two requests meet.',
    remedy: 'Carry the connection with the request from the read to the reply; share no "current" socket.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CH-02', 'SOCK-RC-05', 'MOS-CONN-08'],
  },
  {
    id: 'loses-reply-under-load',
    title: 'loses a reply now and then under load',
    explanation:
      'A request is read but never answered when many arrive at once: a queue that drops, a write that was only ' +
      'partly done, two threads that write into each other. The newsroom times out and sends again.',
    remedy:
      'Never drop a request that was read, write until everything is out, and let only one thread write to a socket.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CH-02', 'MOS-ACK-01'],
  },
  {
    id: 'loses-replies',
    title: 'leaves single requests unanswered',
    explanation:
      'Some requests get no reply although the same request is answered at other times and the connection stays open. ' +
      'The newsroom may send nothing else on that lane until its time-out.',
    remedy: 'Log every request with the reply it got, and look at those that have none.',
    examples: 'do-not-share-state',
    requirements: ['MOS-ACK-01', 'SOCK-CH-01'],
  },
  {
    id: 'slow-reply',
    title: 'answers later than the reply time',
    explanation:
      'The reply comes, but only after the newsroom has stopped waiting for it. Newsrooms give a device about 10 s; ' +
      'afterwards they close the connection and send again.',
    remedy: 'Acknowledge as soon as the data is stored, and do lengthy work after the reply.',
    requirements: ['MOS-ACK-03', 'MOS-ACK-02'],
  },
  {
    id: 'leak-under-churn',
    title: 'leaves sockets behind when connections come and go quickly',
    explanation:
      'The number of sockets that are not released grows with the number of connections. One connection alone is ' +
      'released properly; a race between close and other events decides over the rest.',
    remedy: 'Let one owner close each connection, exactly once, on every way out.',
    examples: 'close-on-eof',
    requirements: ['SOCK-CH-05', 'SOCK-CH-01', 'SOCK-CH-02', 'SOCK-CH-03'],
  },
  {
    id: 'starves-long-connection',
    title: 'neglects a long-lived connection while others come and go',
    explanation:
      'A newsroom keeps its connection all day while others dial in and out. The device drops it or stops answering ' +
      'on it: new connections win over old ones.',
    remedy: 'Treat every connection alike, however long it has lasted.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-04'],
  },
  {
    id: 'blocks-while-idle',
    title: 'serves nobody else while one connection is idle',
    explanation:
      'A blocking read waits for the next request of one connection and holds up all others. As long as everybody ' +
      'talks nothing shows; a newsroom that is connected and quiet stops MOS for the rest.',
    remedy: 'Read each connection on its own thread or task, or only when it has something to read.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-03', 'SOCK-CON-02'],
  },
  {
    id: 'blocks-while-drip',
    title: 'serves nobody else while a message trickles in',
    explanation:
      'Once a message has begun the device reads until it is complete, on a thread that the others need. A slow link ' +
      'or a hanging sender holds up every newsroom.',
    remedy:
      'Keep what has arrived with its connection and come back when more is there; never loop for the rest.',
    examples: 'framing',
    requirements: ['SOCK-ST-01', 'MOS-ERR-08'],
  },
  {
    id: 'blocks-while-not-reading',
    title: 'serves nobody else while one newsroom does not read',
    explanation:
      'The window of a connection is full and the device blocks in the write, on a thread that the others need. One ' +
      'workstation that hangs stops MOS for all.',
    remedy: 'Write without blocking or with a time-out, and close the connection when it expires.',
    examples: 'accept-loop',
    requirements: ['SOCK-ST-02'],
  },
  {
    id: 'stops-reading-after-n',
    title: 'stops reading a connection after a number of messages',
    explanation:
      'The connection stays open and the kernel still acknowledges what arrives, but the application no longer reads. ' +
      'Bytes pile up in its receive queue, the window closes, and the newsroom waits for replies.',
    remedy: 'Start the next read after every message, also after one that could not be handled.',
    examples: 'framing',
    requirements: ['SOCK-CH-04', 'MOS-ACK-01'],
  },
  {
    id: 'buffers-endless-message',
    title: 'collects a message that never ends without a limit',
    explanation:
      'Bytes without a closing tag are kept for ever. A faulty sender, or one that talks another protocol, fills the ' +
      'memory until the device ends or its host begins to swap.',
    remedy:
      'Set a limit for the size of a message, far above any real one, and close the connection beyond it.',
    examples: 'framing',
    requirements: ['SOCK-ST-04'],
  },
  {
    id: 'blocks-while-endless',
    title: 'serves nobody else while it receives a message that never ends',
    explanation:
      'Every piece that arrives makes the device search or copy everything again, on a thread that the others need. ' +
      'The longer the message, the longer all the others wait.',
    remedy:
      'Search only what is new, set a limit for the size of a message, and close the connection beyond it.',
    examples: 'framing',
    requirements: ['SOCK-ST-03'],
  },
];
