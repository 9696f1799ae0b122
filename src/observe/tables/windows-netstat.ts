import { readEnd } from './table-end.ts';
import { stateOfWord } from './state-words.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*TCP\s+(\S+)\s+(\S+)\s+([^\s\d]\S*)(?:\s+(\d+))?(?:\s.*)?$/;
const PROGRAM = /^\s*\[([^[\]:]+\.exe)\]\s*$/i;

/** `netstat -an`, `-ano` and `-anb` of Windows, in English or German: no queues, `address:port`. */
export const WINDOWS_NETSTAT: TableReader = {
  format: 'windows-netstat',
  heading:
    /^\s*Proto\s+(?:Local Address\s+Foreign Address\s+State|Lokale Adresse\s+Remoteadresse\s+Status)\b/,
  row(line) {
    const [, localText = '', remoteText = '', word = '', owner] = ROW.exec(line) ?? [];
    const local = readEnd(localText, ':');
    const remote = readEnd(remoteText, ':');
    if (!local || !remote) return undefined;
    return { state: stateOfWord(word), word, local, remote, ...(owner === undefined ? {} : { owner }) };
  },
  addition(line) {
    const owner = PROGRAM.exec(line)?.[1];
    return owner === undefined ? undefined : { owner };
  },
};
