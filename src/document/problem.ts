/** A place in a file; lines and columns count from 1. */
export interface FilePosition {
  line: number;
  column: number;
}

/** What is wrong with a file, and where. Line 0 says that the whole file is meant. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** One clause without a full stop: `unknown key "mesage"; did you mean "message"?` */
  text: string;
  /** The line and, below it, a caret; empty where the whole file is meant. */
  excerpt: string;
}

/** The widest excerpt that still fits a terminal beside its indentation. */
const EXCERPT_WIDTH = 100;

/** Control and direction-changing characters: a file that is shown must not steer the terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A problem of the file as a whole: it cannot be read, it is empty. */
export function fileProblem(file: string, text: string): Problem {
  return { file, line: 0, column: 0, text: printable(text), excerpt: '' };
}

/** A problem at one place; `line` is the text of that line. */
export function problemAt(file: string, at: FilePosition, line: string, text: string): Problem {
  return {
    file,
    line: at.line,
    column: at.column,
    text: printable(text),
    excerpt: excerptOf(line, at.column),
  };
}

/** The problem as lines for a person: `suites/x.yaml:9:25 unknown key ..`, the line of the file, a caret. */
export function formatProblem(problem: Problem): string {
  if (problem.line === 0) return `${printable(problem.file)} ${problem.text}`;
  const head = `${printable(problem.file)}:${problem.line}:${problem.column} ${problem.text}`;
  return problem.excerpt === '' ? head : `${head}\n${problem.excerpt}`;
}

/** The problems file by file in the order of the given files, each file's from top to bottom, none twice. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const files = new Map<string, number>();
  for (const { file } of problems) if (!files.has(file)) files.set(file, files.size);
  const seen = new Set<string>();
  return problems
    .filter((problem) => {
      const key = `${problem.file}\n${problem.line}:${problem.column}\n${problem.text}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted(
      (a, b) => (files.get(a.file) ?? 0) - (files.get(b.file) ?? 0) || a.line - b.line || a.column - b.column,
    );
}

/** The text with everything that would steer a terminal replaced by a visible mark. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\t' ? ' ' : '\uFFFD'));
}

function excerptOf(line: string, column: number): string {
  const caret = Math.min(Math.max(column - 1, 0), line.length);
  const start = caret < EXCERPT_WIDTH ? 0 : caret - Math.floor(EXCERPT_WIDTH / 2);
  const shown = printable(line.slice(start, start + EXCERPT_WIDTH)).trimEnd();
  const lead = start > 0 ? '…' : '';
  const tail = start + EXCERPT_WIDTH < line.length ? '…' : '';
  return `    ${lead}${shown}${tail}\n    ${' '.repeat(lead.length + caret - start)}^`;
}
