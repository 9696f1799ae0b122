import type { TestRecord } from '../results/results.ts';

/** Lines are gathered to pieces of about this many characters before they are written. */
const PIECE = 64 * 1024;

/** The facts of all tests as history.ndjson in pieces: one fact a line, led by the key of its test. */
export function* historyLines(records: Iterable<TestRecord>): Generator<string> {
  let piece = '';
  for (const { result, facts } of records) {
    for (const fact of facts) {
      piece += `${JSON.stringify({ test: result.key, ...fact })}\n`;
      if (piece.length >= PIECE) {
        yield piece;
        piece = '';
      }
    }
  }
  if (piece !== '') yield piece;
}
