import type { FaultEntry } from './fault.ts';
import { ACCEPT } from './accept.ts';
import { ANSWERS } from './answers.ts';
import { CHURN } from './churn.ts';
import { DIALLING } from './dialling.ts';
import { ENVELOPE } from './envelope.ts';
import { FRAMING } from './framing.ts';
import { HALF_CLOSE } from './half-close.ts';
import { LANES } from './lanes.ts';
import { LEAK_AMONG_MANY } from './leak-among-many.ts';
import { LEAK_BY_TRAFFIC } from './leak-by-traffic.ts';
import { OWN_CLOSE } from './own-close.ts';
import { PROFILE_0 } from './profile-0.ts';
import { READING } from './reading.ts';
import { RECONNECT } from './reconnect.ts';
import { RELEASE } from './release.ts';
import { ROBUSTNESS } from './robustness.ts';
import { SERVICE } from './service.ts';
import { STALL } from './stall.ts';
import { WRITING } from './writing.ts';

/** Every family with its faults, from the sockets up to the messages: signatures are asked in this order. */
export const FAMILIES = {
  accept: ACCEPT,
  'own-close': OWN_CLOSE,
  release: RELEASE,
  'leak-by-traffic': LEAK_BY_TRAFFIC,
  'leak-among-many': LEAK_AMONG_MANY,
  'half-close': HALF_CLOSE,
  service: SERVICE,
  reconnect: RECONNECT,
  stall: STALL,
  churn: CHURN,
  writing: WRITING,
  framing: FRAMING,
  reading: READING,
  lanes: LANES,
  envelope: ENVELOPE,
  answers: ANSWERS,
  'profile-0': PROFILE_0,
  dialling: DIALLING,
  robustness: ROBUSTNESS,
} as const;

/** What a group of faults is called, here and wherever else faults stand in families. */
export type FamilyName = keyof typeof FAMILIES;

/** The name of a fault: a key of exactly one family. */
export type FaultName = { [Family in FamilyName]: keyof (typeof FAMILIES)[Family] }[FamilyName];

/** A fault of the catalogue: its entry together with where it stands. */
export interface CataloguedFault extends FaultEntry {
  /** `close-wait-leak`. */
  id: FaultName;
}

/** Every fault by its name, family by family. A name that comes from outside may have none. */
export const FAULTS: ReadonlyMap<string, CataloguedFault> = new Map(
  Object.values(FAMILIES).flatMap((entries) =>
    (Object.entries(entries) as [FaultName, FaultEntry][]).map(([id, entry]) => [id, { id, ...entry }]),
  ),
);

/** The fault of this name, which every `FaultName` has. */
export function faultOf(name: FaultName): CataloguedFault {
  const fault = FAULTS.get(name);
  if (!fault) throw new Error(`no family has a fault "${name}"`);
  return fault;
}
