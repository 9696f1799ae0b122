/** The message elements that may stand in an envelope on TCP (MOS 2.8.5 section 8, without the plug-in's own). */
export const MESSAGE_NAMES = [
  'heartbeat',
  'reqMachInfo',
  'listMachInfo',
  'mosAck',
  'mosObj',
  'mosReqObj',
  'mosReqAll',
  'mosListAll',
  'mosReqSearchableSchema',
  'mosListSearchableSchema',
  'mosReqObjList',
  'mosObjList',
  'mosObjCreate',
  'mosItemReplace',
  'mosReqObjAction',
  'roAck',
  'roCreate',
  'roReplace',
  'roMetadataReplace',
  'roDelete',
  'roReq',
  'roList',
  'roReqAll',
  'roListAll',
  'roStat',
  'roReadyToAir',
  'roStoryAppend',
  'roStoryInsert',
  'roStoryReplace',
  'roStoryMove',
  'roStorySwap',
  'roStoryDelete',
  'roStoryMoveMultiple',
  'roItemInsert',
  'roItemReplace',
  'roItemMoveMultiple',
  'roItemDelete',
  'roElementAction',
  'roItemStat',
  'roElementStat',
  'roItemCue',
  'roCtrl',
  'roStorySend',
  'roReqStoryAction',
] as const;

/** The messages between a plug-in and its host, which never travel over TCP (MOS 2.8.5 section 5). */
export const PLUG_IN_MESSAGES: ReadonlySet<string> = new Set([
  'ncsAck',
  'ncsReqAppInfo',
  'ncsAppInfo',
  'ncsReqAppMode',
  'ncsStoryRequest',
  'ncsItemRequest',
  'ncsItem',
  'ncsReqAppClose',
  'ncsReqStoryAction',
]);

/** The name of a message of MOS 2.8.5. */
export type MessageName = (typeof MESSAGE_NAMES)[number];

const NAMES: ReadonlySet<string> = new Set(MESSAGE_NAMES);
const BY_LOWER_CASE = new Map(MESSAGE_NAMES.map((name) => [name.toLowerCase(), name]));

/** Whether an element is a message of MOS 2.8.5. */
export function isMessageName(name: string): name is MessageName {
  return NAMES.has(name);
}

/** The message that is meant by a name in the wrong case; names are case sensitive (section 2.1). */
export function messageNameIgnoringCase(name: string): MessageName | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}
