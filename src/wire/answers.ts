import type { PortName } from '../history/facts.ts';
import { isMessageName } from './message-names.ts';
import type { MessageName } from './message-names.ts';

/** What a reply is to a request: what it asked for, a refusal in its place, or neither. */
export type ReplyKind = 'answer' | 'refusal' | 'other';

/** How a message is answered (MOS 2.8.5 sections 3 and 4.1) and on which ports it travels (section 2.1). */
export interface Exchange {
  ports: readonly PortName[];
  /** The message that answers it; absent for a message that is itself an answer. */
  answer?: MessageName;
  /** The messages of another name by which it may be refused. */
  refusals?: readonly MessageName[];
}

const LOWER: readonly PortName[] = ['lower'];
const UPPER: readonly PortName[] = ['upper'];
const QUERY: readonly PortName[] = ['query'];
const BOTH: readonly PortName[] = ['lower', 'upper'];

const acknowledgedBelow: Exchange = { ports: LOWER, answer: 'mosAck' };
const acknowledgedAbove: Exchange = { ports: UPPER, answer: 'roAck' };

/** Every message of MOS 2.8.5 with its port and its answer. */
export const EXCHANGES: Readonly<Record<MessageName, Exchange>> = {
  heartbeat: { ports: BOTH, answer: 'heartbeat' },
  reqMachInfo: { ports: BOTH, answer: 'listMachInfo' },
  listMachInfo: { ports: BOTH },
  mosAck: { ports: LOWER },
  mosObj: acknowledgedBelow,
  mosReqObj: { ports: LOWER, answer: 'mosObj', refusals: ['mosAck'] },
  mosReqAll: acknowledgedBelow,
  mosListAll: acknowledgedBelow,
  mosObjCreate: acknowledgedBelow,
  mosReqObjAction: acknowledgedBelow,
  mosReqSearchableSchema: { ports: QUERY, answer: 'mosListSearchableSchema', refusals: ['mosAck'] },
  mosListSearchableSchema: { ports: QUERY },
  mosReqObjList: { ports: QUERY, answer: 'mosObjList', refusals: ['mosAck'] },
  mosObjList: { ports: QUERY },
  mosItemReplace: acknowledgedAbove,
  roAck: { ports: UPPER },
  roCreate: acknowledgedAbove,
  roReplace: acknowledgedAbove,
  roMetadataReplace: acknowledgedAbove,
  roDelete: acknowledgedAbove,
  roReq: { ports: UPPER, answer: 'roList', refusals: ['roAck'] },
  roList: { ports: UPPER },
  roReqAll: { ports: UPPER, answer: 'roListAll', refusals: ['roAck'] },
  roListAll: { ports: UPPER },
  roStat: acknowledgedAbove,
  roReadyToAir: acknowledgedAbove,
  roStoryAppend: acknowledgedAbove,
  roStoryInsert: acknowledgedAbove,
  roStoryReplace: acknowledgedAbove,
  roStoryMove: acknowledgedAbove,
  roStorySwap: acknowledgedAbove,
  roStoryDelete: acknowledgedAbove,
  roStoryMoveMultiple: acknowledgedAbove,
  roItemInsert: acknowledgedAbove,
  roItemReplace: acknowledgedAbove,
  roItemMoveMultiple: acknowledgedAbove,
  roItemDelete: acknowledgedAbove,
  roElementAction: acknowledgedAbove,
  roItemStat: acknowledgedAbove,
  roElementStat: acknowledgedAbove,
  roItemCue: acknowledgedAbove,
  roCtrl: acknowledgedAbove,
  roStorySend: acknowledgedAbove,
  roReqStoryAction: acknowledgedAbove,
};

/**
 * What a reply is to a request, by their names. A mosAck or roAck that is not the answer counts as a refusal whatever
 * the request: devices refuse unknown peers and messages in either form. {@link mayRefuse} tells whether MOS allows it.
 */
export function isAnswerTo(request: string, reply: string): ReplyKind {
  const answer = isMessageName(request) ? EXCHANGES[request].answer : undefined;
  if (isMessageName(request) && answer === undefined) return 'other';
  if (answer === reply) return 'answer';
  return reply === 'mosAck' || reply === 'roAck' ? 'refusal' : 'other';
}

/**
 * Whether MOS lets a request be refused by that message; a heartbeat and a reqMachInfo may not be refused at all
 * (MOS 2.8.5 section 4.1), and of a message that MOS does not know nothing is said.
 */
export function mayRefuse(request: string, reply: string): boolean {
  return isMessageName(request) && (EXCHANGES[request].refusals?.some((name) => name === reply) ?? false);
}

/** Whether a message asks for an answer; unknown messages may or may not get one (mos.md, contradiction 22). */
export function expectsAnswer(name: string): boolean {
  return isMessageName(name) && EXCHANGES[name].answer !== undefined;
}

/** The ports on which a message may travel; empty for one that MOS does not know. */
export function portsOf(name: string): readonly PortName[] {
  return isMessageName(name) ? EXCHANGES[name].ports : [];
}
