import { BSD_NETSTAT } from './bsd-netstat.ts';
import { LINUX_NETSTAT } from './linux-netstat.ts';
import { SOLARIS_NETSTAT } from './solaris-netstat.ts';
import { SS } from './ss.ts';
import type { SocketTable, TableReader } from './table.ts';
import { WINDOWS_NETSTAT } from './windows-netstat.ts';

const READERS: readonly TableReader[] = [SS, LINUX_NETSTAT, WINDOWS_NETSTAT, BSD_NETSTAT, SOLARIS_NETSTAT];

/** No row of any table is longer; a longer line is not worth a regular expression. */
const LONGEST_LINE = 1_000;

/** How a row of TCP begins in some format: such a line must not be passed over in silence. */
const LIKE_A_ROW = /^\s*tcp[46]{0,2}\s.*[.:]\S/i;

/**
 * Reads a socket table that was pasted into a file, prompt and headings and all, in the format whose program
 * understands most of its lines. An empty table has no rows.
 * @returns undefined where the text holds no socket table of a known program
 */
export function readTable(text: string): SocketTable | undefined {
  const lines = text.split(/\r\n|\n|\r/).map((line) => (line.length > LONGEST_LINE ? '' : line));
  let best: { reader: TableReader; understood: number } | undefined;
  for (const reader of READERS) {
    const understood = lines.filter((line) => reader.heading.test(line) || reader.row(line)).length;
    if (understood > (best?.understood ?? 0)) best = { reader, understood };
  }
  return best && readAs(best.reader, lines);
}

function readAs(reader: TableReader, lines: readonly string[]): SocketTable {
  const table: SocketTable = { format: reader.format, rows: [], unreadable: [] };
  lines.forEach((line, index) => {
    const row = reader.row(line);
    if (row) {
      table.rows.push({ line: index + 1, ...row });
      return;
    }
    const addition = reader.addition?.(line);
    const before = table.rows.at(-1);
    if (addition && before) Object.assign(before, addition);
    else if (LIKE_A_ROW.test(line)) table.unreadable.push(index + 1);
  });
  return table;
}
