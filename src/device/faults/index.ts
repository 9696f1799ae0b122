import type { Fault } from '../behaviour.ts';
import { byName } from '../switches.ts';
import { acknowledgesAcknowledgements } from './acknowledges-acknowledgements.ts';
import { answersHalfCloseThenLeaks } from './answers-half-close-then-leaks.ts';
import { answersHeartbeatAnswer } from './answers-heartbeat-answer.ts';
import { blocksWhileDrip } from './blocks-while-drip.ts';
import { blocksWhileEndless } from './blocks-while-endless.ts';
import { blocksWhileIdle } from './blocks-while-idle.ts';
import { blocksWhileNotReading } from './blocks-while-not-reading.ts';
import { blocksWhileOwnCloseWaits } from './blocks-while-own-close-waits.ts';
import { bomReply } from './bom-reply.ts';
import { breaksOnEmptyElement } from './breaks-on-empty-element.ts';
import { breaksOnHeartbeatTime } from './breaks-on-heartbeat-time.ts';
import { breaksOnLargeMessage } from './breaks-on-large-message.ts';
import { breaksOnNestedRoot } from './breaks-on-nested-root.ts';
import { breaksOnNonAscii } from './breaks-on-non-ascii.ts';
import { breaksOnReferences } from './breaks-on-references.ts';
import { breaksOnRootAttributes } from './breaks-on-root-attributes.ts';
import { breaksOnSurrogates } from './breaks-on-surrogates.ts';
import { breaksOnUnknownTag } from './breaks-on-unknown-tag.ts';
import { breaksOnWhiteSpace } from './breaks-on-white-space.ts';
import { buffersEndlessMessage } from './buffers-endless-message.ts';
import { closeWaitLeak } from './close-wait-leak.ts';
import { crashesOnMalformed } from './crashes-on-malformed.ts';
import { cutReply } from './cut-reply.ts';
import { deafAfterMalformed } from './deaf-after-malformed.ts';
import { descriptorLeakOnClose } from './descriptor-leak-on-close.ts';
import { descriptorLeakOnReset } from './descriptor-leak-on-reset.ts';
import { disturbedByOddMessageId } from './disturbed-by-odd-message-id.ts';
import { disturbedByStrayMessages } from './disturbed-by-stray-messages.ts';
import { disturbedByWrongIds } from './disturbed-by-wrong-ids.ts';
import { doesNotCompleteOwnClose } from './does-not-complete-own-close.ts';
import { doesNotDialAgain } from './does-not-dial-again.ts';
import { dropsReplyOnHalfClose } from './drops-reply-on-half-close.ts';
import { duplicateReply } from './duplicate-reply.ts';
import { envelopeOutOfOrder } from './envelope-out-of-order.ts';
import { exitsOnReset } from './exits-on-reset.ts';
import { expandsEntities } from './expands-entities.ts';
import { expectsHandshake } from './expects-handshake.ts';
import { finAfterAccept } from './fin-after-accept.ts';
import { firstMessageOnly } from './first-message-only.ts';
import { hangsOnHalfClose } from './hangs-on-half-close.ts';
import { heartbeatWithoutTime } from './heartbeat-without-time.ts';
import { holdsVanishedNcs } from './holds-vanished-ncs.ts';
import { incompleteAck } from './incomplete-ack.ts';
import { invalidReply } from './invalid-reply.ts';
import { junkAfterConnect } from './junk-after-connect.ts';
import { lateClose } from './late-close.ts';
import { leakAbove32 } from './leak-above-32.ts';
import { leakAfterMalformed } from './leak-after-malformed.ts';
import { leakAfterManyMessages } from './leak-after-many-messages.ts';
import { leakAfterReset } from './leak-after-reset.ts';
import { leakAfterSilence } from './leak-after-silence.ts';
import { leakAfterUnknownMessage } from './leak-after-unknown-message.ts';
import { leakEveryNth } from './leak-every-nth.ts';
import { leakOnCutMessage } from './leak-on-cut-message.ts';
import { leakOnOnePort } from './leak-on-one-port.ts';
import { leakPerAbort } from './leak-per-abort.ts';
import { listenerDies } from './listener-dies.ts';
import { littleEndianReply } from './little-endian-reply.ts';
import { losesCutTag } from './loses-cut-tag.ts';
import { losesReplyUnderLoad } from './loses-reply-under-load.ts';
import { machineInfoBreaksDependencies } from './machine-info-breaks-dependencies.ts';
import { machineInfoIncomplete } from './machine-info-incomplete.ts';
import { machineInfoOverclaims } from './machine-info-overclaims.ts';
import { machineInfoVaries } from './machine-info-varies.ts';
import { malformedReply } from './malformed-reply.ts';
import { missesFinWithData } from './misses-fin-with-data.ts';
import { misspeltReply } from './misspelt-reply.ts';
import { needsMessageId } from './needs-message-id.ts';
import { noHeartbeat } from './no-heartbeat.ts';
import { noMachineInfo } from './no-machine-info.ts';
import { noMessageId } from './no-message-id.ts';
import { oddOffsetBreaks } from './odd-offset-breaks.ts';
import { oneConnectionAtATime } from './one-connection-at-a-time.ts';
import { oneNewsroomAtATime } from './one-newsroom-at-a-time.ts';
import { oneReadOneMessage } from './one-read-one-message.ts';
import { refusesAfterN } from './refuses-after-n.ts';
import { refusesRecall } from './refuses-recall.ts';
import { refusesSamePort } from './refuses-same-port.ts';
import { repliesOnWrongConnection } from './replies-on-wrong-connection.ts';
import { repeatsOwnMessageId } from './repeats-own-message-id.ts';
import { replyOnOldConnection } from './reply-on-old-connection.ts';
import { replyOnOtherUnderLoad } from './reply-on-other-under-load.ts';
import { resetInsteadOfFin } from './reset-instead-of-fin.ts';
import { secondLaneBlocked } from './second-lane-blocked.ts';
import { severalMessages } from './several-messages.ts';
import { slowAccept } from './slow-accept.ts';
import { slowsWithConnections } from './slows-with-connections.ts';
import { spoilsNextConnection } from './spoils-next-connection.ts';
import { staleSessionRefuses } from './stale-session-refuses.ts';
import { stopsReadingAfterN } from './stops-reading-after-n.ts';
import { swallowsUnknownAndStops } from './swallows-unknown-and-stops.ts';
import { swappedIds } from './swapped-ids.ts';
import { utf8Reply } from './utf-8-reply.ts';
import { wrongMessageId } from './wrong-message-id.ts';
import { wrongMosId } from './wrong-mos-id.ts';
import { wrongReplyType } from './wrong-reply-type.ts';

/** Every fault that can be switched on, sockets first, then the wire. */
export const FAULTS: ReadonlyMap<string, Fault> = byName<Fault>([
  closeWaitLeak,
  lateClose,
  resetInsteadOfFin,
  leakEveryNth,
  leakOnCutMessage,
  leakAfterManyMessages,
  leakAfterSilence,
  leakAfterUnknownMessage,
  leakAfterMalformed,
  leakOnOnePort,
  listenerDies,
  oneConnectionAtATime,
  exitsOnReset,
  descriptorLeakOnClose,
  descriptorLeakOnReset,
  dropsReplyOnHalfClose,
  hangsOnHalfClose,
  missesFinWithData,
  refusesAfterN,
  leakAbove32,
  leakAfterReset,
  staleSessionRefuses,
  refusesRecall,
  refusesSamePort,
  replyOnOldConnection,
  replyOnOtherUnderLoad,
  losesReplyUnderLoad,
  blocksWhileIdle,
  blocksWhileDrip,
  blocksWhileNotReading,
  blocksWhileEndless,
  slowAccept,
  stopsReadingAfterN,
  finAfterAccept,
  doesNotCompleteOwnClose,
  blocksWhileOwnCloseWaits,
  doesNotDialAgain,
  holdsVanishedNcs,
  slowsWithConnections,
  leakPerAbort,
  buffersEndlessMessage,
  answersHalfCloseThenLeaks,
  oneReadOneMessage,
  firstMessageOnly,
  oddOffsetBreaks,
  losesCutTag,
  breaksOnWhiteSpace,
  breaksOnRootAttributes,
  breaksOnNestedRoot,
  breaksOnLargeMessage,
  breaksOnUnknownTag,
  breaksOnEmptyElement,
  breaksOnReferences,
  breaksOnNonAscii,
  breaksOnSurrogates,
  malformedReply,
  invalidReply,
  misspeltReply,
  needsMessageId,
  utf8Reply,
  littleEndianReply,
  bomReply,
  noHeartbeat,
  heartbeatWithoutTime,
  answersHeartbeatAnswer,
  wrongMessageId,
  noMessageId,
  wrongMosId,
  swappedIds,
  envelopeOutOfOrder,
  cutReply,
  duplicateReply,
  junkAfterConnect,
  machineInfoIncomplete,
  machineInfoOverclaims,
  machineInfoBreaksDependencies,
  secondLaneBlocked,
  repliesOnWrongConnection,
  crashesOnMalformed,
  deafAfterMalformed,
  expandsEntities,
  swallowsUnknownAndStops,
  breaksOnHeartbeatTime,
  wrongReplyType,
  noMachineInfo,
  machineInfoVaries,
  severalMessages,
  incompleteAck,
  acknowledgesAcknowledgements,
  repeatsOwnMessageId,
  expectsHandshake,
  oneNewsroomAtATime,
  spoilsNextConnection,
  disturbedByWrongIds,
  disturbedByOddMessageId,
  disturbedByStrayMessages,
]);
