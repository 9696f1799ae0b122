import { requirementTable } from './table.ts';

/** Finding together again after an outage. */
export const MOS_RESYNC_REQUIREMENTS = requirementTable(`
MOS-SYN-01 | should | accepts roCreate again for all active running orders after a reconnect | field practice (Octopus), convention
MOS-SYN-02 | must   | goes on operating when its roReq is refused | MOS 2.8.5 §3.5.1
MOS-SYN-03 | should | lists every object on mosReqAll after its own restart | MOS 2.8.5 §3.2
MOS-SYN-04 | should | still sends its unacknowledged messages after its own restart | MOS 2.8.5 §2.1
MOS-SYN-05 | must   | keeps running orders across a lost connection without a new roCreate | MOS 2.8.5 §2.3
`);
