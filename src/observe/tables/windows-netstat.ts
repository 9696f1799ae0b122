import { rowOf } from './cells.ts';
import type { TableReader } from './table.ts';

const ROW = /^\s*TCP\s+(\S+)\s+(\S+)\s+([^\s\d]\S*)(?:\s+(\d+))?(?:\s.*)?$/;
const PROGRAM = /^\s*\[([^[\]:]+\.exe)\]\s*$/i;

/** `netstat -an`, `-ano` and `-anb` of Windows, in English or German: no queues, `address:port`. */
export const WINDOWS_NETSTAT: TableReader = {
  format: 'windows-netstat',
  heading:
    /^\s*Proto\s+(?:Local Address\s+Foreign Address\s+State|Lokale Adresse\s+Remoteadresse\s+Status)\b/,
  row(line) {
    const cells = ROW.exec(line);
    if (!cells) return undefined;
    const [, local = '', remote = '', word = '', owner] = cells;
    return rowOf({ word, local, remote, owner }, ':');
  },
  addition(line) {
    const owner = PROGRAM.exec(line)?.[1];
    return owner === undefined ? undefined : { owner };
  },
};
