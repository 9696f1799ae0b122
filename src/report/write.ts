import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Results, TestRecord } from '../results/results.ts';
import { certificateHtml } from './certificate.ts';
import { whyNot } from './file-problem.ts';
import { junitXml } from './junit.ts';
import { serialiseResults } from './serialise.ts';

/** Where each report was written; absent where it could not be. */
export interface WrittenReports {
  results?: string;
  certificate?: string;
  junit?: string;
  history?: string;
  /** One sentence for each report that is missing. */
  problems: string[];
}

/** Lines are gathered to pieces of about this size before they are written. */
const PIECE = 64 * 1024;

/** The facts of all tests as history.ndjson in pieces: one fact a line, led by the key of its test. */
function* historyLines(records: Iterable<TestRecord>): Generator<string> {
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

/** Writes a file beside its place and moves it there when it is whole. */
async function writeAtomically(path: string, temporary: string, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), createWriteStream(temporary, { flush: true }));
    await rename(temporary, path);
  } catch (problem) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw problem;
  }
}

/**
 * Writes results.json, certificate.html, junit.xml and history.ndjson into a folder that exists, the most important
 * first. Each file is whole or absent; what cannot be written is told in `problems` and keeps nothing else from being
 * written. Never throws.
 */
export async function writeReports(
  dir: string,
  results: Results,
  records: readonly TestRecord[],
): Promise<WrittenReports> {
  const written: WrittenReports = { problems: [] };
  const write = async (
    name: 'results' | 'certificate' | 'junit' | 'history',
    file: string,
    make: () => Iterable<string>,
  ): Promise<void> => {
    const path = join(dir, file);
    try {
      await writeAtomically(path, join(dir, `.${file}.${process.pid}.tmp`), make());
      written[name] = path;
    } catch (problem) {
      written.problems.push(`${file} could not be written: ${whyNot(problem)}.`);
    }
  };
  await write('results', 'results.json', () => [serialiseResults(results)]);
  await write('certificate', 'certificate.html', () => [certificateHtml(results, records)]);
  await write('junit', 'junit.xml', () => [junitXml(results)]);
  await write('history', 'history.ndjson', () => historyLines(records));
  return written;
}
