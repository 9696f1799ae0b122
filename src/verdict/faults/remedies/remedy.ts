/** The languages and libraries that devices are written in, as a reader looks for them. */
export const REMEDY_LANGUAGES = {
  csharp: 'C# (.NET Socket)',
  java: 'Java',
  winsock: 'C/C++ (Winsock)',
  epoll: 'C (Linux, epoll)',
  visualbasic: 'Visual Basic 6 (Winsock control)',
  node: 'Node.js',
  python: 'Python',
  delphi: 'Delphi (Indy)',
} as const;

/** A language for which every remedy has an example. */
export type RemedyLanguage = keyof typeof REMEDY_LANGUAGES;

/** One idea of how to do it right, with an example in every language. */
export interface Remedy {
  /** What the examples show, in a few words. */
  title: string;
  /** The rule behind them, in a sentence or two. */
  rule: string;
  /** Source text without a trailing line end; what it calls but does not define is the device's own. */
  examples: Readonly<Record<RemedyLanguage, string>>;
}

/** Source text in a template: taken as written, without the indentation it has only in our file. */
export function code(text: TemplateStringsArray): string {
  const lines = (text.raw[0] ?? '').replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const margin = Math.min(...indents);
  return lines.map((line) => line.slice(margin)).join('\n');
}
