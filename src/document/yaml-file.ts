import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document, type Node, type YAMLError } from 'yaml';
import { nestsTooDeeply } from './nesting.ts';
import { pathKey, plainValue, type PlainValue } from './plain-value.ts';
import { fileProblem, problemAt, sortProblems, type FilePosition, type Problem } from './problem.ts';

/** A device file or a suite has a few kilobytes; what is far larger is some other file given by mistake. */
const LARGEST_FILE = 1_048_576;

/** After this many, what YAML complains about is mostly a consequence of the first. */
const MOST_ERRORS = 10;

/** Where in a value something stands, as keys and indexes from the root. */
export type ValuePath = readonly PropertyKey[];

/** A YAML file that could be read: its value, and where everything in it stands. */
export interface YamlFile {
  /** As given, with forward slashes. */
  path: string;
  text: string;
  sha256: string;
  /** Plain maps (without prototype), lists, text, numbers, truth values and null. */
  value: unknown;
  /** Where the value of this path stands, or the nearest thing around it that exists. */
  positionOf(path: ValuePath): FilePosition;
  /** Where the last key of this path stands, or the nearest thing around it that exists. */
  keyPositionOf(path: ValuePath): FilePosition;
  /** The YAML of the value as written, its indentation taken away. */
  sourceOf(path: ValuePath): string;
  /** A problem with the value, or with the key, of this path. */
  problem(path: ValuePath, text: string, which?: 'key' | 'value'): Problem;
}

/**
 * Reads a file and its YAML. A file that cannot be read gives problems and no value; nothing is thrown.
 * @param shown what problems call the file
 */
export function readYaml(
  path: string,
  shown = path.replaceAll('\\', '/'),
): { file?: YamlFile; problems: Problem[] } {
  const read = readText(path);
  return 'reason' in read ? { problems: [fileProblem(shown, read.reason)] } : parseYaml(shown, read.bytes);
}

/** By its byte order mark, or by the zero that every other byte of plain text then is. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  if (bytes.length < 4) return false;
  const highFirst = first === 0 && third === 0 && second !== 0 && fourth !== 0;
  return highFirst || (second === 0 && fourth === 0 && first !== 0 && third !== 0);
}

/** Reads YAML that is already in memory; `path` is what problems call it. */
export function parseYaml(path: string, bytes: Uint8Array): { file?: YamlFile; problems: Problem[] } {
  if (isUtf16(bytes)) {
    return {
      problems: [fileProblem(path, 'is UTF-16 text, as some editors and shells write it; save it as UTF-8')],
    };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problems: [fileProblem(path, 'is no UTF-8 text')] };
  }
  if (text.trim() === '') return { problems: [fileProblem(path, 'is empty')] };
  if (nestsTooDeeply(text)) return { problems: [fileProblem(path, 'is nested more than 60 levels deep')] };
  const counter = new LineCounter();
  let document: Document.Parsed;
  let plain: ReturnType<typeof plainValue>;
  try {
    document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
    plain = plainValue(document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problems: [fileProblem(path, 'is nested too deeply')] };
  }
  const place = new Places(path, text, counter, plain);
  const problems = [...document.errors, ...document.warnings]
    .slice(0, MOST_ERRORS)
    .map((error) => place.problemAtOffset(error.pos[0], plainError(error, text)));
  problems.push(...plain.problems.map(({ node, text: said }) => place.problemAtNode(node, said)));
  if (problems.length > 0) return { problems: sortProblems(problems) };
  return { file: place.file(plain.value, bytes), problems: [] };
}

class Places {
  private readonly path: string;
  private readonly text: string;
  private readonly counter: LineCounter;
  private readonly plain: PlainValue;

  constructor(path: string, text: string, counter: LineCounter, plain: PlainValue) {
    this.path = path;
    this.text = text;
    this.counter = counter;
    this.plain = plain;
  }

  file(value: unknown, bytes: Uint8Array): YamlFile {
    return {
      path: this.path,
      text: this.text,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      value,
      positionOf: (path) => this.position(this.valueNode(path)),
      keyPositionOf: (path) => this.position(this.plain.keys.get(pathKey(path)) ?? this.valueNode(path)),
      sourceOf: (path) => this.source(this.plain.values.get(pathKey(path))),
      problem: (path, said, which = 'value') => {
        const key = which === 'key' ? this.plain.keys.get(pathKey(path)) : undefined;
        return this.problemAtNode(key ?? this.valueNode(path), said);
      },
    };
  }

  problemAtNode(node: Node | null | undefined, said: string): Problem {
    return this.problemAtOffset(node?.range?.[0] ?? 0, said);
  }

  problemAtOffset(offset: number, said: string): Problem {
    const at = this.lineAndColumn(offset);
    return problemAt(this.path, at, this.text.split(/\r?\n/)[at.line - 1] ?? '', said);
  }

  /** The node of the path, or of the nearest thing around it; for an empty value its key stands. */
  private valueNode(path: ValuePath): Node | undefined {
    for (let length = path.length; length >= 0; length--) {
      const key = pathKey(path.slice(0, length));
      const node = this.plain.values.get(key);
      if (node?.range && node.range[1] > node.range[0]) return node;
      const found = this.plain.keys.get(key) ?? node;
      if (found) return found;
    }
    return undefined;
  }

  private position(node: Node | undefined): FilePosition {
    return this.lineAndColumn(node?.range?.[0] ?? 0);
  }

  private lineAndColumn(offset: number): FilePosition {
    const { line, col } = this.counter.linePos(Math.min(offset, this.text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private source(node: Node | undefined): string {
    if (!node?.range) return '';
    const [start, end] = node.range;
    const indentation = ' '.repeat(this.lineAndColumn(start).column - 1);
    return this.text
      .slice(start, end)
      .split(/\r?\n/)
      .map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line))
      .join('\n')
      .trimEnd();
  }
}

function readText(path: string): { bytes: Uint8Array } | { reason: string } {
  let descriptor: number | undefined;
  try {
    // A pipe without a writer would hold the opening up for ever.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const about = fstatSync(descriptor);
    if (about.isDirectory()) return { reason: 'is a folder, not a file' };
    if (!about.isFile()) return { reason: 'is no ordinary file' };
    if (about.size > LARGEST_FILE) return { reason: 'is larger than 1 MiB' };
    return { bytes: readFileSync(descriptor) };
  } catch (error) {
    return { reason: `cannot be read: ${reasonOf(error)}` };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code ?? (error instanceof Error ? error.message : String(error));
}

function plainError(error: YAMLError, text: string): string {
  if (/call stack/i.test(error.message)) return 'the file is nested too deeply';
  const found = text.slice(error.pos[0], error.pos[1]).split('\n')[0]?.trim() ?? '';
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent; use spaces';
    case 'MULTIPLE_DOCS':
      return 'a second document starts here; a file holds one';
    case 'TAG_RESOLVE_FAILED':
      return `unknown tag "${found}"`;
    default:
      return `not valid YAML: ${error.message.replace(/\s+/g, ' ').replace(/^\w/, (c) => c.toLowerCase())}`;
  }
}
