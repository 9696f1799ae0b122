import { requirementTable } from './table.ts';

/**
 * What a device owes as a TCP peer. AP is "Socket Issues in MOS Communications" (Associated Press Broadcast
 * Technology, 2001). "In time" means within the run's release time, "at once" within its reply time.
 */
export const SOCKET_REQUIREMENTS = requirementTable(`
SOCK-CON-01 | must   | accepts on every port it declares, and on lower and upper its application answers (a refusal is an answer too) | MOS 2.8.5 §2.1
SOCK-CON-02 | must   | serves at least two connections per port at once | MOS 2.8.5 §2.1
SOCK-CON-03 | must   | is undisturbed by connections that send nothing, 20 of them included (or its declared limit less two) | AP, MOS 2.8.5 §2.1
SOCK-CON-04 | should | keeps an idle connection open | MOS 2.8.5 §2.1
SOCK-REL-01 | must   | closes its end in time when the NCS closes an idle connection, on every port | AP
SOCK-REL-02 | must   | closes its end in time when the NCS closes after a completed exchange | AP
SOCK-REL-03 | must   | closes its end in time when the NCS closes straight after the connect | AP
SOCK-REL-04 | must   | closes its end in time when the FIN cuts a message in two | AP
SOCK-REL-05 | must   | closes its end in time when the FIN arrives together with a complete request, after a close as after a half-close | AP, RFC 9293
SOCK-REL-06 | must   | survives a reset that its own reply provoked because the NCS was gone | AP
SOCK-REL-07 | should | releases with FIN rather than RST (a reset with unread bytes is legitimate) | RFC 9293
SOCK-REL-08 | should | releases within 1 s | AP
SOCK-REL-09 | must   | leaves no socket behind after 50 cycles: no CLOSE_WAIT or LAST_ACK at its end, no FIN_WAIT_2 at the NCS | AP
SOCK-REL-10 | must   | keeps listening and serves the next connection after each of these releases | AP
SOCK-HC-01  | must   | closes its end in time after a half-close of an idle connection | AP, RFC 9293
SOCK-HC-02  | should | delivers the reply to a request that a half-close followed, and then closes | RFC 9293
SOCK-HC-03  | must   | closes after a half-close in the middle of a message | AP
SOCK-HC-04  | must   | goes on serving while 20 connections are half-closed | AP
SOCK-HC-05  | must   | closes its end in time after a half-close that follows a request, whether or not it answers | AP, RFC 9293
SOCK-DC-01  | must   | completes the release once the NCS closes, where it closed first itself | RFC 9293
SOCK-DC-02  | must   | goes on serving others while the NCS delays its own close, where it closed first itself | AP
SOCK-AB-01  | must   | survives a reset of an idle connection | MOS 2.8.5 §2.1
SOCK-AB-02  | must   | survives a reset in the middle of a message | MOS 2.8.5 §2.1
SOCK-AB-03  | must   | survives a reset while a reply is pending | MOS 2.8.5 §2.1
SOCK-AB-04  | must   | survives a burst of 20 connections reset right after the connect, some before they were accepted | MOS 2.8.5 §2.1
SOCK-AB-05  | must   | leaves no socket behind after 50 resets | AP, MOS 2.8.5 §2.1
SOCK-AB-06  | must   | keeps no descriptor for connections that were reset, over 50 resets (where its process is visible) | AP
SOCK-RC-01  | must   | serves a new connection at once after a clean release | AP
SOCK-RC-02  | must   | serves a new connection at once after a half-close that it has not answered | AP
SOCK-RC-03  | must   | serves a new connection at once after a reset | AP
SOCK-RC-04  | must   | serves a new connection at once while the old one is still open, as after a restart of the NCS | AP, MOS 2.8.5 §2.1
SOCK-RC-05  | must   | answers on the connection that asked, not on an older one | MOS 2.8.5 §2.1
SOCK-RC-06  | must   | serves a new connection at once from the same local address and port as the one before | RFC 9293
SOCK-RC-07  | must   | serves a new connection at once after the NCS vanished without FIN or RST | AP
SOCK-RC-08  | must   | dials the NCS again after its own outgoing connection was dropped (devices that dial) | MOS 2.8.5 §2.1
SOCK-CH-01  | must   | survives 500 connections one after another, with every request answered and nothing left behind | AP
SOCK-CH-02  | must   | survives 2,000 connections, 50 at a time, with every request answered and nothing left behind | AP
SOCK-CH-03  | must   | survives churn that ends by half-close, by abort, without data, and mixed | AP
SOCK-CH-04  | must   | serves a long-lived connection throughout the churn (devices that keep connections) | AP
SOCK-CH-05  | must   | shows no leak that grows with the number of connections | AP
SOCK-CH-06  | should | answers as fast after the burst as before (95th percentile not above the larger of twice and 20 ms more) | AP
SOCK-ST-01  | must   | lets no other connection wait for a message that trickles in byte by byte | AP
SOCK-ST-02  | must   | lets no other connection wait for an NCS that stops reading | AP
SOCK-ST-03  | must   | lets no other connection wait for a message that never ends | AP
SOCK-ST-04  | should | gives up a message that never ends (watched to 32 MiB or 30 s) | AP
`);
