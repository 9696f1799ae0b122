import { createHash } from 'node:crypto';
import type { Results } from '../results/results.ts';

/** Lines are gathered to pieces of about this many characters. */
const PIECE = 64 * 1024;

/** The text of results.json in pieces, the same for the same results: what holds no list and no object of its own is one line. */
export function* serialiseResults(results: Results): Generator<string> {
  let piece = '';
  for (const part of written(results, '\n')) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

/** @param line a line break with the indentation of the value */
function* written(value: object, line: string): Generator<string> {
  const isList = Array.isArray(value);
  const entries = Object.entries(value as Record<string, unknown>).filter(([, one]) => one !== undefined);
  if (entries.every(([, one]) => !isObject(one))) return yield JSON.stringify(value);
  yield isList ? '[' : '{';
  for (const [index, [key, one]] of entries.entries()) {
    yield `${index === 0 ? '' : ','}${line}  ${isList ? '' : `${JSON.stringify(key)}: `}`;
    if (isObject(one)) yield* written(one, `${line}  `);
    else yield JSON.stringify(one);
  }
  yield `${line}${isList ? ']' : '}'}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The SHA-256 of results.json in hexadecimal: by it a signed page names the record that it stands for. */
export function fingerprint(results: Results): string {
  const hash = createHash('sha256');
  for (const piece of serialiseResults(results)) hash.update(piece);
  return hash.digest('hex');
}
