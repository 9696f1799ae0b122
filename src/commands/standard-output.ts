import { whyNot } from '../report/file-problem.ts';
import { EXIT } from './exit.ts';

/** A reader that closed its end (`| head`), or a terminal that was closed. */
const READER_GONE = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

let outlivesReader = false;
let problem: string | undefined;

/**
 * Guards standard output and standard error: a reader that has had enough ends a command quietly, any other problem
 * of standard output is said once on standard error.
 */
export function guardStandardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (READER_GONE.has(error.code ?? '')) {
      if (!outlivesReader) process.exit(EXIT.pass);
      return;
    }
    if (problem !== undefined) return;
    problem = `standard output cannot be written: ${whyNot(error)}`;
    process.stderr.write(`${problem}\n`);
    if (!outlivesReader) process.exit(EXIT.internal);
  });
  process.stderr.on('error', () => undefined);
}

/** From now on the command goes on although nobody reads what it prints: it has a report to write. */
export function outliveReader(): void {
  outlivesReader = true;
}

/** Prints a text in pieces to standard output; false where it could not be written, unless its reader has had enough. */
export async function printed(pieces: Iterable<string>): Promise<boolean> {
  for (const piece of pieces) {
    const error = await new Promise<Error | null | undefined>((resolve) =>
      process.stdout.write(piece, resolve),
    );
    if (error) return READER_GONE.has((error as NodeJS.ErrnoException).code ?? '');
  }
  return true;
}
