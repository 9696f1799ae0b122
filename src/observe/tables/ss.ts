import { readEnd } from './table-end.ts';
import { stateOfWord } from './state-words.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*(?:tcp\s+)?([A-Z][A-Z0-9-]*)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)(?:\s+(.*))?$/;
const USERS = /users:\(\(("[^"]*",pid=\d+)/;

/** `ss -tan` and `ss -an` of iproute2: state, queues, ends, then details. */
export const SS: TableReader = {
  format: 'ss',
  heading: /^\s*(?:Netid\s+)?State\s+Recv-Q\s+Send-Q\s+Local Address:Port/,
  row(line) {
    const [, word = '', receiveQueue, sendQueue, localText = '', remoteText = '', details = ''] =
      ROW.exec(line) ?? [];
    const local = readEnd(localText, ':');
    const remote = readEnd(remoteText, ':');
    if (!local || !remote) return undefined;
    const owner = USERS.exec(details)?.[1]?.replace(/^"([^"]*)",pid=(\d+)$/, '$2/$1');
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
