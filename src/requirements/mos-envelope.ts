import { requirementTable } from './table.ts';

/**
 * The envelope of a message and its acknowledgement. The order of the envelope (MOS-ENV-02) weighs as a
 * should although the text says must: widely used stacks deviate and receivers cope.
 */
export const MOS_ENVELOPE_REQUIREMENTS = requirementTable(`
MOS-ENV-01 | must   | puts the configured mosID and ncsID into its replies, with the roles unchanged | MOS 2.8.5 §2.1
MOS-ENV-02 | should | writes the envelope in the order mosID, ncsID, messageID, message | MOS 2.8.5 §2.1, §8 (DTD)
MOS-ENV-03 | must   | puts exactly one message into each mos element | MOS 2.8.5 §8 (DTD)
MOS-ENV-04 | must   | gives each request of its own a messageID from 1 to 2147483647, decimal or hexadecimal | MOS 2.8.5 §4.1.6
MOS-ENV-05 | must   | raises its own messageID by one per new request, across restarts too | MOS 2.8.5 §4.1.6
MOS-ENV-06 | must   | echoes the messageID of the request in its reply | MOS 2.8.5 §4.1.6
MOS-ENV-07 | should | echoes a hexadecimal messageID without changing its value | MOS 2.8.5 §4.1.6, §6
MOS-ENV-08 | may    | accepts requests without messageID, as peers older than 2.8.1 send them | MOS 2.8.5 §7.5
MOS-ENV-09 | should | does not apply messages that are addressed to another mosID | convention, field practice (ENPS)
MOS-ACK-01 | must   | answers every known, well-formed request of a profile it supports | MOS 2.8.5 §2.1
MOS-ACK-02 | should | answers within 60 s | MOS 2.8.5 §2.3
MOS-ACK-03 | may    | answers within the operational bound that the tester chose | field practice (Octopus)
MOS-ACK-04 | must   | answers with the type of message that belongs to the family of the request | MOS 2.8.5 §3
MOS-ACK-05 | must   | writes objID, objRev, status and statusDescription into mosAck, in this order | MOS 2.8.5 §3.1.1
MOS-ACK-06 | should | gives a readable reason in statusDescription when it refuses with mosAck | MOS 2.8.5 §2.2
MOS-ACK-07 | must   | repeats the roID of the request in roAck | MOS 2.8.5 §3.4.1
MOS-ACK-08 | must   | sets roStatus to OK or to an error text of at most 128 characters | MOS 2.8.5 §6
MOS-ACK-09 | must   | acknowledges only after the data is stored | MOS 2.8.5 §2.3
MOS-ACK-10 | must   | sends no second request of its own on a port before the first is answered | MOS 2.8.5 §2.1
MOS-ACK-11 | must   | repeats an unanswered request of its own with the same messageID | MOS 2.8.5 §2.1, §2.3, §4.1.6
MOS-ACK-12 | should | delivers what it queued during an outage, in order | MOS 2.8.5 §2.1, §2.3
MOS-ACK-13 | must   | does not acknowledge acknowledgements | MOS 2.8.5 §3.1.1, §3.4.1
MOS-ACK-14 | should | acknowledges a repeated messageID again and does not apply it twice | MOS 2.8.5 §4.1.6
MOS-ACK-15 | may    | handles requests sent without waiting in the order of their arrival | MOS 2.8.5 §2.3
`);
