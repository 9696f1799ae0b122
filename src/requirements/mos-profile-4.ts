import { requirementTable } from './table.ts';

/** Profile 4: all running orders, story bodies. */
export const MOS_PROFILE_4_REQUIREMENTS = requirementTable(`
MOS-P4-01 | must   | accepts roListAll, an empty one too, where it sends roReqAll | MOS 2.8.5 §2.5, §3.5.4
MOS-P4-02 | should | asks by roReq for each running order of the list that it wants | MOS 2.8.5 §2.5
MOS-P4-03 | must   | acknowledges roStorySend of a known story with OK | MOS 2.8.5 §3.8.1
MOS-P4-04 | should | keeps a story's body when the story is moved | MOS 2.8.5 §2.5
MOS-P4-05 | must   | asks by roReq after roStorySend with an unknown roID or storyID | MOS 2.8.5 §2.3
MOS-P4-06 | should | accepts Read1stMEMasBody with an empty body | MOS 2.8.5 §3.8.1
MOS-P4-07 | should | accepts storyItem inside a paragraph and beside it | MOS 2.8.5 §3.8.1, §9 (XSD)
MOS-P4-08 | should | copes with markup inside a paragraph | MOS 2.8.5 §3.8.1
MOS-P4-09 | should | sends roElementStat when the status of a story changes | MOS 2.8.5 §2.5
MOS-P4-10 | should | does not ask for ever when roListAll comes back empty | convention
`);
