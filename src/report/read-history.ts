import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import type { CampaignPlan, HistoryLine } from '../results/history-lines.ts';
import { whyNot } from './file-problem.ts';
import { HISTORY, PACKED_HISTORY } from './history-file.ts';

/** A history that cannot be read; the message is one sentence for a person. */
export class HistoryProblem extends Error {
  override name = 'HistoryProblem';
}

/** Only a compressed history says by itself that nothing of it is missing. */
interface Source {
  path: string;
  open: () => Readable;
}

function sourceIn(dir: string): Source {
  const [packed, plain] = [join(dir, PACKED_HISTORY), join(dir, HISTORY)];
  if (existsSync(packed)) return { path: packed, open: () => unpacked(packed) };
  if (existsSync(plain)) return { path: plain, open: () => createReadStream(plain) };
  throw new HistoryProblem(
    `${dir} holds neither ${HISTORY} nor ${PACKED_HISTORY}: there is nothing to make reports from.`,
  );
}

function unpacked(path: string): Readable {
  const gunzip = createGunzip();
  const file = createReadStream(path);
  file.on('error', (problem) => gunzip.destroy(problem));
  return file.pipe(gunzip);
}

/** The whole lines of a stream; what stands behind the last line break was not written to its end, and is none. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let begun: string[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    begun.push(first);
    for (const next of others) {
      yield begun.join('');
      begun = [next];
    }
  }
}

function parsed(text: string, place: string): HistoryLine {
  try {
    const line = JSON.parse(text) as HistoryLine | null;
    if (typeof line?.kind === 'string') return line;
  } catch {
    // Told below.
  }
  throw new HistoryProblem(`${place} is damaged: it is no line of a history.`);
}

function planIn(line: HistoryLine, path: string): CampaignPlan {
  if (line.kind === 'campaign' && line.schemaVersion === 1 && line.tool?.name === 'mos-conformance')
    return line;
  throw new HistoryProblem(
    `${path} does not begin with the plan of a campaign: it was written by another version.`,
  );
}

/**
 * Reads the history in a campaign's folder, whole or cut, compressed or not: the plan, then every line in the order in
 * which it was written.
 * @throws HistoryProblem where there is none, where it holds nothing, and where a line in it is damaged
 */
export async function* readHistory(dir: string): AsyncGenerator<HistoryLine> {
  const { path, open } = sourceIn(dir);
  let number = 0;
  try {
    for await (const text of linesOf(open())) {
      number += 1;
      const line = parsed(text, `${path}:${number}`);
      yield number === 1 ? planIn(line, path) : line;
    }
  } catch (problem) {
    throw problem instanceof HistoryProblem
      ? problem
      : new HistoryProblem(`${path} cannot be read: ${unreadable(problem)}.`);
  }
  if (number === 0)
    throw new HistoryProblem(`${path} holds nothing: the campaign ended before it had begun.`);
}

function unreadable(problem: unknown): string {
  const { code } = problem as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return 'the compressed file is cut short';
  return code?.startsWith('Z_') ? 'the compressed file is damaged' : whyNot(problem);
}
