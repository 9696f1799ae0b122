import { readEnd } from './table-end.ts';
import { stateOfWord } from './state-words.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*tcp(?:4|6|46)?\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+([A-Z]\S*)(?:\s.*)?$/;

/** `netstat -an` and `-anv` of macOS and the BSDs: queues before the ends, `address.port`. */
export const BSD_NETSTAT: TableReader = {
  format: 'bsd-netstat',
  heading: /^\s*Proto\s+Recv-Q\s+Send-Q\s+Local Address\s+Foreign Address\s+\(state\)/,
  row(line) {
    const [, receiveQueue, sendQueue, localText = '', remoteText = '', word = ''] = ROW.exec(line) ?? [];
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
