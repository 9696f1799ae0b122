import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { whyNot } from './file-problem.ts';
import type { EndedCampaign, Report } from './reports.ts';

/** What became of the reports. */
export interface WrittenReports<File extends string = string> {
  /** Where each report was written; absent where it could not be. */
  paths: Partial<Record<File, string>>;
  /** One sentence for each report that is missing. */
  problems: string[];
}

/** Writes a file beside its place and moves it there when it is whole; what fails leaves nothing behind. */
export async function writeAtomically(
  path: string,
  temporary: string,
  pieces: Iterable<string> | AsyncIterable<string | Buffer>,
): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), createWriteStream(temporary, { flush: true }));
    await rename(temporary, path);
  } catch (problem) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw problem;
  }
}

/**
 * Writes reports into a folder that exists, one after the other in the order of the list. Each file is whole or
 * absent; what cannot be made or written is told in `problems` and keeps nothing else from being written. Never
 * throws.
 */
export async function writeReports<File extends string>(
  dir: string,
  reports: readonly Report<File>[],
  campaign: EndedCampaign,
): Promise<WrittenReports<File>> {
  const written: WrittenReports<File> = { paths: {}, problems: [] };
  for (const { file, make } of reports) {
    const path = join(dir, file);
    try {
      await writeAtomically(path, join(dir, `.${file}.${process.pid}.tmp`), make(campaign));
      written.paths[file] = path;
    } catch (problem) {
      written.problems.push(`${file} could not be written: ${whyNot(problem)}.`);
    }
  }
  return written;
}
