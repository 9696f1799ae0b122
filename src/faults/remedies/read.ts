import { BLOCK_LABELS, type Remedy, REMEDY_LANGUAGES, type RemedyLanguage } from './remedy.ts';

const TITLE = '# ';
const FENCE = '```';
const LANGUAGES = Object.keys(REMEDY_LANGUAGES) as RemedyLanguage[];

/**
 * Reads a remedy from Markdown: a title, one paragraph with the rule, and one labelled block for each language,
 * with nothing between them but empty lines. The kind of line end does not matter.
 * @throws Error with the number of the line, or the languages that are missing
 */
export function readRemedy(markdown: string): Remedy {
  const lines = markdown.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const [first = ''] = lines;
  if (!first.startsWith(TITLE)) throw new Error('line 1: expected "# " and the title');
  const firstBlock = lines.findIndex((line) => line.startsWith(FENCE));
  if (firstBlock < 0) throw new Error('it has no block');
  const rule = lines.slice(1, firstBlock).join('\n').trim();
  if (rule === '' || rule.includes('\n\n')) throw new Error('line 2: expected one paragraph with the rule');
  return {
    title: first.slice(TITLE.length).trim(),
    rule: rule.replaceAll('\n', ' '),
    examples: readExamples(lines, firstBlock),
  };
}

function readExamples(lines: readonly string[], from: number): Remedy['examples'] {
  const examples: Partial<Record<RemedyLanguage, string>> = {};
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const language = line.startsWith(FENCE) ? languageOf(line.slice(FENCE.length)) : undefined;
    if (language === undefined) throw new Error(`line ${at + 1}: expected a block in one of the languages`);
    if (examples[language] !== undefined) throw new Error(`line ${at + 1}: a second block in ${language}`);
    const end = lines.indexOf(FENCE, at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: the block does not end`);
    examples[language] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return complete(examples);
}

function languageOf(label: string): RemedyLanguage | undefined {
  return LANGUAGES.find((language) => BLOCK_LABELS[language] === label);
}

function complete(examples: Partial<Remedy['examples']>): Remedy['examples'] {
  const missing = LANGUAGES.filter((language) => examples[language] === undefined);
  if (missing.length > 0) throw new Error(`it has no block in ${missing.join(', ')}`);
  return examples as Remedy['examples'];
}
