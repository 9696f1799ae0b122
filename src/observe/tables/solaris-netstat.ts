import { readEnd } from './table-end.ts';
import { stateOfWord } from './state-words.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*(\S+)\s+(\S+)\s+\d+\s+(\d+)\s+\d+\s+(\d+)\s+([A-Z]\S*)(?:\s.*)?$/;

/** `netstat -an` of Solaris: ends, send window and queue, receive window and queue, state; no protocol. */
export const SOLARIS_NETSTAT: TableReader = {
  format: 'solaris-netstat',
  heading: /^\s*Local Address\s+Remote Address\s+Swind\s+Send-Q\s+Rwind\s+Recv-Q\s+State\b/,
  row(line) {
    const [, localText = '', remoteText = '', sendQueue, receiveQueue, word = ''] = ROW.exec(line) ?? [];
    const local = readEnd(localText, '.');
    const remote = readEnd(remoteText, '.');
    if (!local || !remote) return undefined;
    return {
      state: stateOfWord(word),
      word,
      local,
      remote,
      receiveQueue: Number(receiveQueue),
      sendQueue: Number(sendQueue),
    };
  },
};
