import { requirementTable } from './table.ts';

/** Profile 1: media objects. */
export const MOS_PROFILE_1_REQUIREMENTS = requirementTable(`
MOS-P1-01 | must   | answers mosReqObj for an object it has with mosObj of that objID | MOS 2.8.5 §3.1.3
MOS-P1-02 | must   | answers mosReqObj for an unknown objID with mosAck | MOS 2.8.5 §3.1.3
MOS-P1-03 | must   | answers mosReqAll with pause 0 by mosAck and then one mosListAll | MOS 2.8.5 §2.2, §3.2.1
MOS-P1-04 | must   | answers mosReqAll with a pause by mosAck and then single mosObj messages | MOS 2.8.5 §2.2, §3.2.1
MOS-P1-05 | must   | lists in mosListAll every object it offers to this NCS, each once | MOS 2.8.5 §2.2, §3.2.2
MOS-P1-06 | must   | sends mosObj with its required children, correctly typed | MOS 2.8.5 §3.1.2
MOS-P1-07 | must   | announces a new object with status NEW | MOS 2.8.5 §2.2
MOS-P1-08 | must   | announces a changed object with UPDATED and a removed one with DELETED | MOS 2.8.5 §2.2
MOS-P1-09 | must   | keeps the objID of an object across updates | MOS 2.8.5 §2.2
MOS-P1-10 | must   | keeps objRev at 999 or below, objType and objAir to their constants and objTB above 0 | MOS 2.8.5 §6
MOS-P1-11 | must   | keeps objSlug to 128 and paths to 255 characters and describes media paths by techDescription | MOS 2.8.5 §6, §4.1.7, §8 (DTD)
MOS-P1-12 | should | neither duplicates nor loses objects when mosReqAll is repeated | MOS 2.8.5 §3.2
MOS-P1-13 | must   | skips no object when the NCS is slow to acknowledge | MOS 2.8.5 §2.1, §2.3
`);
