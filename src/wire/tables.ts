import { ENUMERATIONS, VALUES, YES_NO } from './field-tables.ts';
import { MESSAGE_NAMES } from './message-names.ts';
import { MESSAGES } from './message-tables.ts';
import type { AttributeModel, ElementModel } from './table-model.ts';

/*
 * The messages of MOS 2.8.5 as data. Everything else follows from these tables: the DTD, the order in which messages
 * are written, the checks of their values and the types of the plain objects. Where the document contradicts itself
 * the wider side stands here; the narrower one is a note at most (tolerances.ts).
 */

const ONCE: AttributeModel = { requiredSince: '2.6' };
const ANYTIME: AttributeModel = {};

/** The structures that several messages share (MOS 2.8.5 sections 3.4.2 and 4.1.3 to 4.1.7). */
const STRUCTURES = {
  supportedProfiles: {
    children: ['mosProfile+'],
    attributes: { deviceType: { ...ONCE, values: ['MOS', 'NCS'] } },
  },
  mosProfile: {
    ...YES_NO,
    attributes: { number: { ...ONCE, values: ['0', '1', '2', '3', '4', '5', '6', '7'] } },
  },
  defaultActiveX: {
    children: ['mode', 'controlFileLocation', 'controlSlug', 'controlName', 'controlDefaultParams'],
  },
  mosExternalMetadata: { children: ['mosScope?', 'mosSchema', 'mosPayload'] },
  mosPayload: { any: true },
  mosAbstract: { any: true },
  description: { mixed: ['p', 'em', 'tab'] },
  p: { mixed: ['em', 'tab'] },
  em: { mixed: [] },
  tab: { children: [] },
  objPaths: { children: ['objPath*', 'objProxyPath*', 'objMetadataPath*'] },
  objPath: {
    text: 'string255',
    attributes: { techDescription: { requiredSince: '2.8.4' }, mimeType: ANYTIME },
  },
  objProxyPath: {
    text: 'string255',
    attributes: { techDescription: { requiredSince: '2.8.4' }, mimeType: ANYTIME },
  },
  objMetadataPath: { text: 'string255', attributes: { techDescription: ANYTIME, mimeType: ANYTIME } },
  list: { children: ['mosObj+'] },
  searchGroup: { children: ['searchField+'] },
  searchField: { children: [], attributes: { XPath: ONCE, sortByOrder: ANYTIME, sortType: ANYTIME } },
  ro: {
    children: [
      'roID',
      'roSlug?',
      'roChannel?',
      'roEdStart?',
      'roEdDur?',
      'roTrigger?',
      'mosExternalMetadata*',
    ],
  },
  story: { children: ['storyID', 'storySlug?', 'storyNum?', 'mosExternalMetadata*', 'item*'] },
  item: {
    children: [
      'itemID',
      'itemSlug?',
      'objID',
      'mosID',
      'mosPlugInID?',
      'mosAbstract?',
      'objPaths?',
      'itemChannel?',
      'itemEdStart?',
      'itemEdDur?',
      'itemUserTimingDur?',
      'itemTrigger?',
      'macroIn?',
      'macroOut?',
      'mosExternalMetadata*',
    ],
  },
} as const satisfies Record<string, ElementModel>;

const ENVELOPE: ElementModel = {
  children: ['mosID', 'ncsID', { name: 'messageID', requiredSince: '2.8.1' }, { choice: MESSAGE_NAMES }],
  attributes: { version: ANYTIME, changeDate: ANYTIME },
};

/** The structured elements, with their literal types: the types of plain objects are made from them. */
export const STRUCTURED = { ...MESSAGES, ...STRUCTURES, ...ENUMERATIONS } as const;

const values = Object.entries(VALUES).flatMap(([text, names]) =>
  names.map((name): [string, ElementModel] => [name, { text: text as keyof typeof VALUES }]),
);

/** Every element whose content is known, by name. */
export const ELEMENTS: ReadonlyMap<string, ElementModel> = new Map<string, ElementModel>([
  ['mos', ENVELOPE],
  ...Object.entries(STRUCTURED),
  ...values,
]);
