import { requirementTable } from './table.ts';

/** Errors of others that a device should outlive. */
export const MOS_ERROR_REQUIREMENTS = requirementTable(`
MOS-ERR-01 | should | refuses or ignores a message of a profile it lacks without ending the session | convention
MOS-ERR-02 | should | keeps its state intact when a message arrives on the wrong port | field practice (Octopus, Sofie)
MOS-ERR-03 | should | refuses a message that lacks a required child instead of staying silent | MOS 2.8.5 §2.1, convention
MOS-ERR-04 | should | goes on operating when a standby NCS refuses its messages | field practice (ENPS, Sofie)
MOS-ERR-05 | may    | survives a messageID that is no number or far too large, and echoes or refuses it | field practice (ENPS)
MOS-ERR-06 | should | understands children in an order the DTD does not allow | MOS 2.8.5 §2.1
MOS-ERR-07 | must   | repeats its request when the NCS is silent and loses nothing that waits | MOS 2.8.5 §2.1, §2.3
MOS-ERR-08 | should | lets no other connection wait for a message that comes one byte a second | convention
MOS-ERR-09 | should | expands neither entity bombs nor external entities | convention
MOS-ERR-10 | should | ignores acknowledgements and answers that belong to no request | field practice (ENPS)
MOS-ERR-11 | should | uses declared status values in every refusal | MOS 2.8.5 §6
`);
