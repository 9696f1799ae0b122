import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import type { HistoryLine } from '../results/history-lines.ts';
import { whyNot } from './file-problem.ts';
import { writeAtomically } from './write.ts';

/** The history of a campaign while it is written. */
export const HISTORY = 'history.ndjson';

/** The history of a campaign that is over. */
export const PACKED_HISTORY = `${HISTORY}.gz`;

/** Lines that were recorded stand in the file after this many ms, or once there are so many characters of them. */
const BEHIND_MS = 250;
const BEHIND = 64 * 1024;

/**
 * history.ndjson as it is written while the campaign goes: whatever ends this process, what was recorded until a
 * moment before is in the file. A disk that takes no more ends the file and nothing else.
 */
export class HistoryFile {
  readonly #dir: string;
  readonly #file: FileHandle | undefined;
  #pending: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #problem: string | undefined;

  private constructor(dir: string, file: FileHandle | undefined, problem?: string) {
    this.#dir = dir;
    this.#file = file;
    this.#problem = problem;
  }

  /** Begins the history in a campaign's folder. Never rejects: what is wrong with the file is its problem. */
  static async create(dir: string): Promise<HistoryFile> {
    try {
      return new HistoryFile(dir, await open(join(dir, HISTORY), 'w'));
    } catch (problem) {
      return new HistoryFile(dir, undefined, whyNot(problem));
    }
  }

  /** One sentence about why the file holds not everything, if so. */
  get problem(): string | undefined {
    return this.#problem === undefined ? undefined : `${HISTORY} could not be written: ${this.#problem}.`;
  }

  /** Adds a line as it is now. */
  add(line: HistoryLine): void {
    if (this.#problem !== undefined) return;
    const text = `${JSON.stringify(line)}\n`;
    this.#pending.push(text);
    this.#length += text.length;
    if (this.#length >= BEHIND) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), BEHIND_MS).unref();
  }

  /** Writes what was added so far; resolves when the system has it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#write()));
  }

  async #write(): Promise<void> {
    const text = this.#pending.join('');
    this.#pending = [];
    this.#length = 0;
    if (text === '' || this.#problem !== undefined) return;
    try {
      await this.#file?.writeFile(text);
    } catch (problem) {
      this.#problem = whyNot(problem);
    }
  }

  /**
   * Ends the file, and puts a compressed one into its place where that can be done; where not, it stays as it is.
   * @returns the path of the file that there is
   */
  async close(): Promise<string | undefined> {
    await this.flush();
    await this.#file?.close().catch(() => undefined);
    if (this.#file === undefined) return undefined;
    const path = join(this.#dir, HISTORY);
    if (this.#problem !== undefined) return path;
    const packed = join(this.#dir, PACKED_HISTORY);
    try {
      const pieces = createReadStream(path).pipe(createGzip());
      await writeAtomically(packed, join(this.#dir, `.${PACKED_HISTORY}.${process.pid}.tmp`), pieces);
      await rm(path);
      return packed;
    } catch {
      return path;
    }
  }
}
