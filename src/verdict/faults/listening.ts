import type { FaultEntry } from './fault.ts';

/** Faults of listening and accepting. */
export const LISTENING_FAULTS: readonly FaultEntry[] = [
  {
    id: 'listener-dies',
    title: 'stops listening after a connection has ended',
    explanation:
      'The device closes or re-creates its listener together with the accepted socket, or leaves its accept loop. The ' +
      'newsroom can connect exactly once; after that it is refused, or waits in a queue that nobody empties.',
    remedy:
      'Keep the listener apart from the accepted sockets and never close it because a connection ended.',
    examples: 'accept-loop',
    requirements: ['SOCK-REL-10'],
  },
  {
    id: 'one-connection-at-a-time',
    title: 'serves one connection at a time',
    explanation:
      'Accepting and serving share one loop. The kernel completes the handshake of a second connection, so the ' +
      'newsroom believes that it is connected, but nobody answers until the first one has gone.',
    remedy:
      'Give each connection a thread, a task or a state of its own, and let the accepting code only accept.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-02', 'SOCK-CON-03', 'SOCK-RC-04'],
  },
  {
    id: 'refuses-after-n',
    title: 'refuses connections after a certain number of them',
    explanation:
      'Something is used up with each connection and never given back: a slot of a table, a licence, a pool entry. ' +
      'The device works after a restart and stops being reachable at a moment that seems random.',
    remedy:
      'Give back in the close whatever was taken in the accept, and count the two against each other in a test.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-01', 'SOCK-CH-02', 'SOCK-REL-10'],
  },
  {
    id: 'slow-accept',
    title: 'accepts slowly',
    explanation:
      'The accept loop does other work or sleeps between two accepts. Handshakes complete in the kernel and then wait ' +
      'in its queue; when many connections come at once, later ones time out or the queue overflows.',
    remedy:
      'Let the accepting code do nothing but accept, drain the queue each time, and ask for a backlog of 50 or more.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-02', 'SOCK-RC-01'],
  },
  {
    id: 'slows-with-connections',
    title: 'becomes slower with every connection it has served',
    explanation:
      'Each finished connection leaves something behind that later work has to pass: an entry in a list, an event ' +
      'handler, a finished thread. Replies take longer and longer until the newsroom times out.',
    remedy: 'Remove a finished connection from every list, and unsubscribe what was subscribed for it.',
    examples: 'survive-reset',
    requirements: ['SOCK-CH-06'],
  },
  {
    id: 'does-not-accept',
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
  {
    id: 'not-serving',
    title: 'completes the handshake but never answers',
    explanation:
      'The kernel accepts connections for a listener whose application does not take them, or takes them and never ' +
      'reads. The port looks open to every monitoring tool while the device is dead to the newsroom.',
    remedy: 'Find out what the accepting or reading thread waits for; no connection may be able to block it.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-01', 'MOS-ACK-01'],
  },
  {
    id: 'stops-serving',
    title: 'no longer serves after what the test did',
    explanation:
      'The device answered before and does not answer any more, within the time it was given to recover. It may have ' +
      'ended, hung, or run out of something; the history of the test shows what came last.',
    remedy:
      'Repeat the steps of the test with a debugger or a log attached to the device, and see where it stops.',
    examples: 'accept-loop',
    requirements: ['SOCK-REL-10'],
  },
  {
    id: 'closes-on-anything',
    title: 'closes every connection as soon as something arrives on it',
    explanation:
      'The device accepts, reads, and closes without a reply. Usually it does not know the IDs or the encoding, or a ' +
      'handler throws; the newsroom reconnects in a circle.',
    remedy:
      'Log why the connection is closed; answer what cannot be served with a refusal and stay connected.',
    examples: 'survive-reset',
    requirements: ['SOCK-CON-01', 'MOS-ACK-01', 'MOS-CONN-04'],
  },
  {
    id: 'closes-idle-connections',
    title: 'closes connections that are idle for a short time',
    explanation:
      'The device gives a quiet connection up. This is allowed, but MOS expects connections to last: each message ' +
      'of a quiet hour meets a closed socket first and has to be sent again.',
    remedy:
      'Keep an idle connection, or let it be closed only after minutes; use keep-alive to notice a dead peer.',
    requirements: ['SOCK-CON-04', 'MOS-CONN-04'],
  },
  {
    id: 'closes-older-connection',
    title: 'closes the older connection when the newsroom dials again',
    explanation:
      'The device reads "two sockets per port" as one in each direction. A newsroom that keeps two incoming ' +
      'connections open loses one of them whenever it opens the other.',
    remedy: 'Keep both connections and serve each one.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CON-02', 'MOS-CONN-03'],
  },
  {
    id: 'disturbed-by-idle-connections',
    title: 'is disturbed by connections that send nothing',
    explanation:
      'Connections that are only open take away what others need: a slot, a thread of a small pool, the attention of ' +
      'the accept loop. A newsroom holds such connections all day.',
    remedy: 'Size pools for the connections that are open, not for the requests that are running.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-03'],
  },
];
