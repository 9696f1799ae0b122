import { requirementTable } from './table.ts';

/** Connections as MOS sees them: who listens, who dials, what outlives a connection. */
export const MOS_CONNECTION_REQUIREMENTS = requirementTable(`
MOS-CONN-01 | must   | accepts connections on its upper port | MOS 2.8.5 §2.1
MOS-CONN-02 | must   | accepts connections on its lower port | MOS 2.8.5 §2.1
MOS-CONN-03 | must   | accepts at least two connections per port at once and serves both | MOS 2.8.5 §2.1
MOS-CONN-04 | should | keeps the connection open after it has answered | MOS 2.8.5 §2.1, §2.3
MOS-CONN-05 | should | serves one request on each of many short-lived connections | MOS 2.8.5 §2.1
MOS-CONN-06 | should | closes cleanly after its peer has closed | MOS 2.8.5 §2.1
MOS-CONN-07 | must   | accepts a new connection after a reset by the NCS and still has its data | MOS 2.8.5 §2.3
MOS-CONN-08 | should | replies on the connection that carried the request | MOS 2.8.5 §2.1, §2.2, §2.3
MOS-CONN-09 | should | serves two NCS identities at the same time | MOS 2.8.5 §2.1
MOS-CONN-10 | should | re-establishes its own outgoing connections before its next message after a drop | MOS 2.8.5 §2.1
MOS-CONN-11 | must   | keeps the upper and lower lanes independent: neither blocks the other | MOS 2.8.5 §2.1
MOS-CONN-12 | must   | accepts connections on its query port when it claims Profile 3 | MOS 2.8.5 §2.4, §3.2
MOS-CONN-13 | must   | serves a first request of any kind on a fresh connection, with no handshake before it | MOS 2.8.5 §2.1
MOS-CONN-14 | should | needs no heartbeats from the NCS: an idle connection, or the next one, is still served | MOS 2.8.5 §2.1
MOS-CONN-15 | should | neither applies a message that a close cut off nor lets it disturb the next connection | convention, MOS 2.8.5 §2.1
MOS-CONN-16 | may    | dials the NCS only when it has something to send; never dialling is no fault | MOS 2.8.5 §2.1
`);
