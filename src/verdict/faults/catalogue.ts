import type { FaultEntry } from './fault.ts';
import { HALF_CLOSE_FAULTS } from './half-close.ts';
import { LISTENING_FAULTS } from './listening.ts';
import { LOAD_FAULTS } from './load.ts';
import { MESSAGE_FAULTS } from './messages.ts';
import { RECONNECT_FAULTS } from './reconnect.ts';
import { RELEASE_FAULTS } from './release.ts';
import { RESET_FAULTS } from './reset.ts';
import { ROBUSTNESS_FAULTS } from './robustness.ts';
import { STREAM_FAULTS } from './stream.ts';

export type { FaultEntry } from './fault.ts';

/** Every named fault by its name, from the sockets up to the messages. */
export const FAULTS: ReadonlyMap<string, FaultEntry> = new Map(
  [
    RELEASE_FAULTS,
    HALF_CLOSE_FAULTS,
    RESET_FAULTS,
    LISTENING_FAULTS,
    RECONNECT_FAULTS,
    LOAD_FAULTS,
    STREAM_FAULTS,
    MESSAGE_FAULTS,
    ROBUSTNESS_FAULTS,
  ]
    .flat()
    .map((entry) => [entry.id, entry]),
);
