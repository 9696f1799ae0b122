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

/** The label of a Markdown block in this language: by it the block is told from the others, and coloured. */
export const BLOCK_LABELS = {
  csharp: 'csharp',
  java: 'java',
  winsock: 'cpp',
  epoll: 'c',
  visualbasic: 'vb',
  node: 'js',
  python: 'python',
  delphi: 'pascal',
} as const satisfies Record<RemedyLanguage, string>;

/** One idea of how to do it right, with an example in every language. */
export interface Remedy {
  /** What the examples show, in a few words. */
  title: string;
  /** The rule behind them, in a sentence or two. */
  rule: string;
  /** Source text without a trailing line end; what it calls but does not define is the device's own. */
  examples: Readonly<Record<RemedyLanguage, string>>;
}
