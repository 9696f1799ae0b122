import { requirementTable } from './table.ts';

/** Profile 0: heartbeat and machine information. */
export const MOS_PROFILE_0_REQUIREMENTS = requirementTable(`
MOS-HB-01 | must   | answers a heartbeat with a heartbeat on the upper port | MOS 2.8.5 §2.1, §4.1.1
MOS-HB-02 | must   | answers a heartbeat with a heartbeat on the lower port | MOS 2.8.5 §2.1, §4.1.1
MOS-HB-03 | must   | puts a valid time into its heartbeat answer | MOS 2.8.5 §4.1.1, §6
MOS-HB-04 | should | does not answer a heartbeat that is itself an answer | MOS 2.8.5 §2.1
MOS-HB-05 | may    | sends heartbeats of its own at regular intervals and copes with late answers | MOS 2.8.5 §2.1
MOS-HB-06 | may    | sends heartbeats without attributes and without further children | MOS 2.8.5 §8 (DTD)
MOS-HB-07 | must   | answers a heartbeat while a request on the other lane is outstanding | MOS 2.8.5 §2.1
MOS-HB-08 | must   | answers each heartbeat exactly once, as often as it is asked | MOS 2.8.5 §2.1, §4.1.1
MOS-HB-09 | must   | answers heartbeats on each of two connections to the same port | MOS 2.8.5 §2.1
MOS-HB-10 | must   | answers a heartbeat neither with mosAck or roAck nor with silence | MOS 2.8.5 §4.1.1
MOS-HB-11 | must   | accepts heartbeat times in every legal form: no zone, Z, an offset, milliseconds | MOS 2.8.5 §6
MOS-HB-12 | may    | answers a heartbeat that the NCS sends on a connection the device opened | not stated
MOS-MI-01 | must   | answers reqMachInfo with listMachInfo on the upper port | MOS 2.8.5 §4.1.2
MOS-MI-02 | must   | answers reqMachInfo with listMachInfo on the lower port | MOS 2.8.5 §4.1.2
MOS-MI-03 | must   | sends listMachInfo with its required children, in order | MOS 2.8.5 §4.1.3
MOS-MI-04 | may    | reports in mosRev the revision that it claims | MOS 2.8.5 §6
MOS-MI-05 | must   | includes a supportedProfiles block for the device type MOS (from 2.8.4) | MOS 2.8.5 §4.1.3, §6
MOS-MI-06 | must   | lists all eight profiles with YES or NO in each block | MOS 2.8.5 §6
MOS-MI-07 | must   | claims Profile 0 and at least one other | MOS 2.8.5 §2
MOS-MI-08 | must   | claims no profile without those it builds on: 2 on 0 and 1; 3 to 7 on 0, 1 and 2 | MOS 2.8.5 §2
MOS-MI-09 | must   | lists each mode of defaultActiveX once | MOS 2.8.5 §4.1.3
MOS-MI-10 | should | accepts the listMachInfo of the NCS in any well-formed form | MOS 2.8.5 §4.1.3
MOS-MI-11 | may    | reports a plausible ID, time and opTime | MOS 2.8.5 §6
MOS-MI-12 | must   | sends exactly one listMachInfo per reqMachInfo and answers none | MOS 2.8.5 §4.1.2, §4.1.3
MOS-MI-13 | should | claims the same profiles on both ports and each time it is asked | convention
MOS-MI-14 | must   | writes time, and opTime where present, as valid date and time | MOS 2.8.5 §4.1.3, §6
`);
