import type { Habit } from '../behaviour.ts';
import { byName } from '../switches.ts';
import { beats } from './beats.ts';
import { closesAfterReply } from './closes-after-reply.ts';
import { closesIdle } from './closes-idle.ts';
import { closesOnUnknown } from './closes-on-unknown.ts';
import { closesOnUnknownIds } from './closes-on-unknown-ids.ts';
import { dropsOlderConnection } from './drops-older-connection.ts';
import { flatMachineInfo } from './flat-machine-info.ts';
import { ignoresUnknown } from './ignores-unknown.ts';
import { maxConnections } from './max-connections.ts';
import { noAnswerOnHalfClose } from './no-answer-on-half-close.ts';
import { noLower } from './no-lower.ts';
import { noMessageIds } from './no-message-ids.ts';
import { noQuery } from './no-query.ts';
import { pretty } from './pretty.ts';
import { rootAttributes } from './root-attributes.ts';
import { silentQuery } from './silent-query.ts';
import { slow } from './slow.ts';
import { slowClose } from './slow-close.ts';
import { utf8 } from './utf-8.ts';
import { vendorTags } from './vendor-tags.ts';
import { waitsForFreePlace } from './waits-for-free-place.ts';

/** Everything unusual that a correct device may do and that can be switched on. */
export const HABITS: ReadonlyMap<string, Habit> = byName<Habit>([
  closesAfterReply,
  closesIdle,
  slow,
  slowClose,
  silentQuery,
  noQuery,
  noLower,
  maxConnections,
  waitsForFreePlace,
  dropsOlderConnection,
  utf8,
  noAnswerOnHalfClose,
  ignoresUnknown,
  closesOnUnknown,
  pretty,
  rootAttributes,
  vendorTags,
  flatMachineInfo,
  closesOnUnknownIds,
  noMessageIds,
  beats,
]);
