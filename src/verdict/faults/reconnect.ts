import type { FaultEntry } from './fault.ts';

/** Faults that show when the newsroom comes back, or when the device closed or dialled itself. */
export const RECONNECT_FAULTS: readonly FaultEntry[] = [
  {
    id: 'stale-session-refuses',
    title: 'refuses the newsroom while an old session of it seems to exist',
    explanation:
      'The device keeps a session under the address or ncsID of the newsroom. After a restart or a pulled cable the ' +
      'old one has never ended, and the new connection is refused or closed until somebody restarts the device.',
    remedy:
      'Let the session end with its connection, and let a new connection of the same newsroom simply be another one.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-RC-04', 'SOCK-RC-07', 'SOCK-RC-02'],
  },
  {
    id: 'refuses-recall',
    title: 'refuses to be called again for some seconds',
    explanation:
      'After a release the device is not ready at once: it re-creates its listener (and meets TIME_WAIT there) or ' +
      'waits before it takes the next connection. A newsroom that reconnects is refused first and raises an alarm.',
    remedy:
      'Leave the listener open all the time; where it must be re-created, set SO_REUSEADDR (not on Windows).',
    examples: 'accept-loop',
    requirements: ['SOCK-RC-01', 'SOCK-RC-03', 'SOCK-REL-10'],
  },
  {
    id: 'refuses-same-port',
    title: 'does not serve a connection from the same address and port as the one before',
    explanation:
      'The device keys its state by the address and port of the peer and does not clear it at the end. When the ' +
      'newsroom happens to get the same port again, it meets the remains of a connection that is over.',
    remedy: 'Bind state to the accepted socket, and drop it together with that.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-RC-06'],
  },
  {
    id: 'reply-on-old-connection',
    title: 'replies on an older connection of the same newsroom',
    explanation:
      'The device remembers one socket per newsroom and replies there, although the request came on another one. The ' +
      'newsroom waits in vain on the connection that asked, and takes the reply on the other for a stray message.',
    remedy: 'Reply on the socket from which the request was read.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-RC-05', 'MOS-CONN-08'],
  },
  {
    id: 'replies-on-wrong-connection',
    title: 'replies on the connection that was opened last',
    explanation:
      'The device keeps one socket in a variable, and each new connection overwrites it. As soon as the newsroom has ' +
      'two connections open, the older one asks in vain and the newer one receives answers that it never asked for.',
    remedy: 'Reply on the socket from which the request was read.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CON-02', 'MOS-CONN-03', 'MOS-CONN-08', 'MOS-HB-09'],
  },
  {
    id: 'holds-vanished-ncs',
    title: 'holds on to a newsroom that vanished',
    explanation:
      'A newsroom that loses power sends neither FIN nor RST. The device keeps waiting for it, and serves the ' +
      'connection after the restart only when the old one has timed out, if ever.',
    remedy:
      'Serve the new connection beside the old one, and find dead peers by keep-alive or by heartbeats.',
    examples: 'accept-loop',
    requirements: ['SOCK-RC-07'],
  },
  {
    id: 'does-not-dial-again',
    title: 'does not dial the newsroom again after its own connection was dropped',
    explanation:
      'The connection that the device opened is gone, and it never opens another one. Status messages stop although ' +
      'everything the newsroom sends is still answered.',
    remedy: 'Dial again before the next message, and after a pause when it fails; forget nothing that waits.',
    requirements: ['SOCK-RC-08', 'MOS-CONN-10'],
  },
  {
    id: 'does-not-complete-own-close',
    title: 'closes first and then does not complete the release',
    explanation:
      'The device shut down its sending side and never closed the descriptor or never read the rest. When the ' +
      "newsroom closes, the connection hangs half-way: LAST_ACK here, or the device's end in FIN_WAIT_2 for good.",
    remedy: 'Close the descriptor after the shutdown, at the latest when the read returns nothing.',
    examples: 'finish-then-close',
    requirements: ['SOCK-DC-01'],
  },
  {
    id: 'blocks-while-own-close-waits',
    title: 'serves nobody while its own close waits for the newsroom',
    explanation:
      'The device closes first and then blocks (SO_LINGER with a time, or a read that waits for the end) on the ' +
      'thread that serves the others. A newsroom that is slow to close holds up everybody.',
    remedy: 'Do not wait for the other side on a shared thread, and do not set SO_LINGER.',
    examples: 'accept-loop',
    requirements: ['SOCK-DC-02'],
  },
  {
    id: 'vanishes-without-close',
    title: 'loses connections without FIN or RST',
    explanation:
      "The newsroom's end is still open (ESTABLISHED, or FIN_WAIT_2 once it has closed) while the device has no such " +
      'connection any more: its host was switched off or restarted, or a firewall on the way forgot the connection. ' +
      'The next message goes into the void.',
    remedy:
      'Close connections on shutdown, exchange heartbeats on idle ones, and set the idle time of the firewall above ' +
      'the interval of the heartbeats.',
    requirements: ['SOCK-CON-04', 'MOS-CONN-14'],
  },
];
