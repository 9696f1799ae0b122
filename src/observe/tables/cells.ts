import { stateOfWord } from './state-words.ts';
import { readEnd } from './table-end.ts';
import type { TableRow } from './table.ts';

/** The parts of a row as a program has written them. */
export interface Cells {
  word: string;
  local: string;
  remote: string;
  /** Absent where the program does not show queues. */
  receiveQueue?: string | undefined;
  sendQueue?: string | undefined;
  owner?: string | undefined;
}

/**
 * The row that these parts make; undefined where one of the ends cannot be read.
 * @param separator what stands between address and port
 */
export function rowOf(
  { word, receiveQueue, sendQueue, owner, ...ends }: Cells,
  separator: ':' | '.',
): Omit<TableRow, 'line'> | undefined {
  const local = readEnd(ends.local, separator);
  const remote = readEnd(ends.remote, separator);
  if (!local || !remote) return undefined;
  return {
    state: stateOfWord(word),
    word,
    local,
    remote,
    ...(receiveQueue !== undefined && { receiveQueue: Number(receiveQueue) }),
    ...(sendQueue !== undefined && { sendQueue: Number(sendQueue) }),
    ...(owner !== undefined && { owner }),
  };
}
