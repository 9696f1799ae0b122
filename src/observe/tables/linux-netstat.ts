import { readEnd } from './table-end.ts';
import { stateOfWord } from './state-words.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*tcp6?\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+([^\s\d]\S*)(?:\s+(.*))?$/;
const PROGRAM = /(?:^|\s)(\d+\/\S+)/;

/** `netstat -an` and `netstat -tanp` of net-tools: queues before the ends, `address:port`. */
export const LINUX_NETSTAT: TableReader = {
  format: 'linux-netstat',
  heading: /^\s*Proto\s+Recv-Q\s+Send-Q\s+Local Address\s+Foreign Address\s+State\b/,
  row(line) {
    const [, receiveQueue, sendQueue, localText = '', remoteText = '', word = '', details = ''] =
      ROW.exec(line) ?? [];
    const local = readEnd(localText, ':');
    const remote = readEnd(remoteText, ':');
    if (!local || !remote) return undefined;
    const owner = PROGRAM.exec(details)?.[1];
    return {
      state: stateOfWord(word),
      word,
      local,
      remote,
      receiveQueue: Number(receiveQueue),
      sendQueue: Number(sendQueue),
      ...(owner === undefined ? {} : { owner }),
    };
  },
};
