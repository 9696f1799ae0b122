import { requirementTable } from './table.ts';

/** Profile 2: running orders. */
export const MOS_PROFILE_2_REQUIREMENTS = requirementTable(`
MOS-P2-01 | must   | acknowledges roCreate with OK and shows the same IDs in the same order by roReq | MOS 2.8.5 §3.4.2, §3.5.1, §2.3
MOS-P2-02 | must   | answers roReq for a running order it has with roList of that roID | MOS 2.8.5 §3.5.1
MOS-P2-03 | must   | answers roReq for an unknown running order with a negative roAck | MOS 2.8.5 §3.5.1
MOS-P2-04 | must   | replaces the whole running order on roReplace | MOS 2.8.5 §3.4.3
MOS-P2-05 | should | takes a repeated roCreate of the same roID as a replacement and answers OK | field practice (Octopus), convention
MOS-P2-06 | must   | acknowledges roDelete of a running order it has with OK and drops it | MOS 2.8.5 §3.4.5
MOS-P2-07 | should | answers roDelete of an unknown running order | convention
MOS-P2-08 | must   | changes the header and keeps the stories on roMetadataReplace | MOS 2.8.5 §3.4.4
MOS-P2-09 | must   | refuses roMetadataReplace of an unknown running order and does nothing else | MOS 2.8.5 §3.4.4
MOS-P2-10 | should | keeps optional fields that a roMetadataReplace leaves out | MOS 2.8.5 §3.4.4, §3.3.2
MOS-P2-11 | should | replaces the external metadata block of the same mosSchema and adds one of another | MOS 2.8.5 §3.3.2, §3.4.4
MOS-P2-12 | should | carries mosPayload unchanged | MOS 2.8.5 §2.2, §4.1.4
MOS-P2-13 | must   | applies INSERT, REPLACE, MOVE, DELETE and SWAP of roElementAction to stories | MOS 2.8.5 §3.6.12
MOS-P2-14 | must   | applies INSERT, REPLACE, MOVE, DELETE and SWAP of roElementAction to items | MOS 2.8.5 §3.6.12
MOS-P2-15 | must   | keeps the given order when several elements are inserted or moved | MOS 2.8.5 §2.1, §3.6.7, §3.6.10, §3.6.12
MOS-P2-16 | must   | applies the eleven older messages for stories and items | MOS 2.8.5 §2.3
MOS-P2-17 | must   | moves a story to the end on roStoryMove with a blank second storyID | MOS 2.8.5 §3.6.4
MOS-P2-18 | must   | moves to the end on roStoryMoveMultiple and roItemMoveMultiple with a blank last ID | MOS 2.8.5 §3.6.7, §3.6.10
MOS-P2-19 | should | refuses duplicate IDs in those lists and changes nothing | MOS 2.8.5 §3.6.7, §3.6.10
MOS-P2-20 | should | refuses to insert an itemID a second time | MOS 2.8.5 §2.1, §3.6.8
MOS-P2-21 | must   | asks by roReq for a running order when a message names an unknown ID in it | MOS 2.8.5 §2.3
MOS-P2-22 | must   | takes over the roList it asked for, stories missing from it included | MOS 2.8.5 §2.3
MOS-P2-23 | should | stops asking after a bounded number of roReq when the difference remains | field practice (ENPS), MOS 2.8.5 §2.1
MOS-P2-24 | must   | acknowledges roReadyToAir READY and NOT READY with OK | MOS 2.8.5 §3.5.6
MOS-P2-25 | must   | accepts running orders without stories and stories without items | MOS 2.8.5 §2.1
MOS-P2-26 | may    | answers an item with an unknown objID, and its list stays readable | MOS 2.8.5 §2.3, §3.4.1
MOS-P2-27 | must   | answers the NCS's roElementStat for running order, story and item with roAck (2.8.5) | MOS 2.8.5 §3.7.2
MOS-P2-28 | must   | sends roElementStat in its proper form | MOS 2.8.5 §3.7.2, §6
MOS-P2-29 | should | sends roElementStat for an element after its insertion | MOS 2.8.5 §2.3
MOS-P2-30 | must   | reports DISCONNECTED after a deliberate local change of its list until it has resynchronised | MOS 2.8.5 §2.3
MOS-P2-31 | must   | preserves composite IDs exactly: semicolons, backslashes, blanks, commas, GUIDs | MOS 2.8.5 §2.1, §6
MOS-P2-32 | should | compares IDs with case and without trimming | MOS 2.8.5 §2.1
MOS-P2-33 | may    | copes with the additional mosItem level and with objDur and objSlug inside an item | field practice (ENPS)
MOS-P2-34 | should | preserves story data: slug, number, trigger, channel, durations in samples | MOS 2.8.5 §3.4.2, §4.1.5
MOS-P2-35 | should | preserves strings of 128 characters and survives longer ones | MOS 2.8.5 §6
MOS-P2-36 | must   | keeps two running orders with the same storyIDs apart | MOS 2.8.5 §2.1
MOS-P2-37 | must   | keeps the same itemID in two stories apart | MOS 2.8.5 §2.1
MOS-P2-38 | should | has the same order as the NCS after 1,000 changes | MOS 2.8.5 §2.3
MOS-P2-39 | should | replaces an element by one of the same ID as often as asked | MOS 2.8.5 §3.6.12, field practice (ENPS)
MOS-P2-40 | should | leaves the running order unchanged when it refuses an action | convention
`);
