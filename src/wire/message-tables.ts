import type { AttributeModel, ElementModel } from './table-model.ts';

const ANYTIME: AttributeModel = {};
/** The general list of section 6; the schema of section 9 lets any text pass. */
const MEDIA_STATUS = {
  values: [
    'NEW',
    'UPDATED',
    'MOVED',
    'BUSY',
    'DELETED',
    'NCS CTRL',
    'MANUAL CTRL',
    'READY',
    'NOT READY',
    'PLAY',
    'STOP',
  ],
  open: true,
} as const;
const RO_HEADER = [
  'roID',
  'roSlug',
  'roChannel?',
  'roEdStart?',
  'roEdDur?',
  'roTrigger?',
  'macroIn?',
  'macroOut?',
] as const;
const RUNNING_ORDER = [...RO_HEADER, 'mosExternalMetadata*', 'story*'] as const;

/** The content of the messages (MOS 2.8.5 sections 3 and 4.1), in the order of the DTD. */
export const MESSAGES = {
  heartbeat: { children: ['time'], filled: ['time'] },
  reqMachInfo: { children: [] },
  listMachInfo: {
    children: [
      'manufacturer',
      'model',
      'hwRev',
      'swRev',
      'DOM',
      'SN',
      'ID',
      'time',
      'opTime?',
      'mosRev',
      {
        choice: [
          'supportedProfiles+',
          [
            'mosProfile0',
            'mosProfile1?',
            'mosProfile2?',
            'mosProfile3?',
            'mosProfile4?',
            'mosProfile5?',
            'mosProfile6?',
            'mosProfile7?',
          ],
        ],
        requiredSince: '2.8.4',
      },
      'defaultActiveX*',
      'mosExternalMetadata*',
    ],
    filled: ['time'],
  },
  mosAck: {
    children: ['objID', 'objRev', 'status', 'statusDescription'],
    types: { status: { values: ['ACK', 'NACK'] } },
    filled: ['status'],
  },
  mosObj: {
    children: [
      'objID',
      'objSlug',
      'mosAbstract?',
      'objGroup?',
      'objType',
      'objTB',
      'objRev',
      'objDur',
      'status',
      'objAir',
      'objPaths?',
      'createdBy',
      'created',
      'changedBy',
      'changed',
      'description',
      'mosExternalMetadata*',
    ],
    types: { status: MEDIA_STATUS },
  },
  mosReqObj: { children: ['objID'] },
  mosReqAll: { children: ['pause'], filled: ['pause'] },
  mosListAll: { children: ['mosObj*'] },
  mosReqSearchableSchema: { children: [], attributes: { username: ANYTIME } },
  mosListSearchableSchema: { children: ['mosSchema'], attributes: { username: ANYTIME } },
  mosReqObjList: {
    children: ['queryID', 'listReturnStart', 'listReturnEnd', 'generalSearch', 'mosSchema', 'searchGroup*'],
    attributes: { username: ANYTIME },
  },
  mosObjList: {
    children: [
      'queryID',
      'listReturnStart',
      'listReturnEnd',
      'listReturnTotal',
      'listReturnStatus?',
      'list?',
    ],
    attributes: { username: ANYTIME },
  },
  roAck: {
    children: [
      'roID',
      'roStatus',
      { as: 'elements', group: ['storyID', 'itemID', 'objID', 'itemChannel?', 'status'] },
    ],
  },
  roReq: { children: ['roID'] },
  roList: { children: RUNNING_ORDER },
  roReqAll: { children: [] },
  roListAll: { children: ['ro*'] },
} as const satisfies Record<string, ElementModel>;
