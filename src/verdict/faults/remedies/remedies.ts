import { ACCEPT_LOOP } from './accept-loop.ts';
import { CLOSE_ON_EOF } from './close-on-eof.ts';
import { DO_NOT_SHARE_STATE } from './do-not-share-state.ts';
import { FINISH_THEN_CLOSE } from './finish-then-close.ts';
import { FRAMING } from './framing.ts';
import type { Remedy } from './remedy.ts';
import { REPLY } from './reply.ts';
import { SURVIVE_RESET } from './survive-reset.ts';

/** The remedies that faults point at, by name. */
export const REMEDIES = {
  'close-on-eof': CLOSE_ON_EOF,
  'finish-then-close': FINISH_THEN_CLOSE,
  'survive-reset': SURVIVE_RESET,
  'accept-loop': ACCEPT_LOOP,
  framing: FRAMING,
  'do-not-share-state': DO_NOT_SHARE_STATE,
  reply: REPLY,
} as const satisfies Record<string, Remedy>;

/** The name of a remedy with examples. */
export type RemedyName = keyof typeof REMEDIES;
