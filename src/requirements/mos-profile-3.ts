import { requirementTable } from './table.ts';

/** Profile 3: creation of objects, search, replacement of items. */
export const MOS_PROFILE_3_REQUIREMENTS = requirementTable(`
MOS-P3-01 | must   | answers mosObjCreate with mosAck: ACK and the new objID, or NACK and a reason | MOS 2.8.5 §2.4, §3.3.1
MOS-P3-02 | must   | sends mosObj for the objID it created | MOS 2.8.5 §2.4, §3.3.1
MOS-P3-03 | should | refuses an invalid mosObjCreate with a reason | convention
MOS-P3-04 | must   | answers mosReqObjAction and, on ACK, sends the mosObj that shows the result | MOS 2.8.5 §3.3.3
MOS-P3-05 | must   | refuses UPDATE and DELETE of an unknown objID | MOS 2.8.5 §3.3.3
MOS-P3-06 | should | keeps the fields that an UPDATE leaves out | MOS 2.8.5 §3.3.3
MOS-P3-07 | must   | answers mosReqSearchableSchema on its query port with mosListSearchableSchema | MOS 2.8.5 §3.2.3, §3.2.4
MOS-P3-08 | should | returns all matches when listReturnEnd is empty | MOS 2.8.5 §3.2
MOS-P3-09 | must   | sends mosObjList with queryID, start, end and total | MOS 2.8.5 §3.2.6
MOS-P3-10 | must   | reports a total of 0 when nothing matches, with start and end 0 and a reason | MOS 2.8.5 §3.2
MOS-P3-11 | should | returns disjoint pages of one result | MOS 2.8.5 §3.2
MOS-P3-12 | should | applies and, or and not in generalSearch | MOS 2.8.5 §3.2
MOS-P3-13 | should | answers on lower and upper without delay while searches run | MOS 2.8.5 §3.2
MOS-P3-14 | must   | sends mosItemReplace to the upper port and survives its refusal | MOS 2.8.5 §3.3.2
MOS-P3-15 | must   | acknowledges the roElementAction that follows its mosItemReplace | MOS 2.8.5 §2.4
`);
