import { requirementTable } from './table.ts';

/** Profiles 5, 6 and 7: control of items, redirection, changes of running orders by the device. */
export const MOS_PROFILE_5_TO_7_REQUIREMENTS = requirementTable(`
MOS-P5-01 | must   | answers roCtrl READY, EXECUTE, PAUSE, STOP and SIGNAL on an item with roAck | MOS 2.8.5 §3.7.4
MOS-P5-02 | must   | answers roCtrl on a story and on the running order with roAck | MOS 2.8.5 §3.7.4
MOS-P5-03 | should | refuses roCtrl for unknown IDs | MOS 2.8.5 §2.3
MOS-P5-04 | must   | answers roItemCue with roAck | MOS 2.8.5 §3.7.3
MOS-P5-05 | should | accepts roItemCue with a time in the future | MOS 2.8.5 §2.6
MOS-P6-01 | must   | has a mosID of the fully qualified form when it claims Profile 6 | MOS 2.8.5 §2.7
MOS-P6-02 | should | accepts items of another device in roCreate | MOS 2.8.5 §2.7, §4.1.7
MOS-P7-01 | must   | sends the operations of roReqStoryAction in their proper form, with leaseLock below 999 | MOS 2.8.5 §3.9.1, §6
MOS-P7-02 | must   | survives a refusal of its roReqStoryAction and a missing answer | MOS 2.8.5 §3.9.1
MOS-P7-03 | must   | applies the action that follows its roReqStoryAction like any other | MOS 2.8.5 §3.9.1
MOS-P7-04 | must   | follows up before its leaseLock expires or lets it lapse without harm | MOS 2.8.5 §3.9.1
`);
