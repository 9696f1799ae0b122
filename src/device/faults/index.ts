import type { Fault } from '../behaviour.ts';
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

/** Every family of faults that can be switched on, from the sockets up to the messages. */
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

/** The name of a fault that the device can show. */
export type ShownFault = {
  [Family in keyof typeof FAMILIES]: keyof (typeof FAMILIES)[Family];
}[keyof typeof FAMILIES];

/** Every fault that can be switched on, by its name. A name that comes from outside may have none. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  Object.values(FAMILIES).flatMap(Object.entries<Fault>),
);

/** The names of these faults, family by family. */
export const FAULT_NAMES = [...FAULTS.keys()] as readonly ShownFault[];
