import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A block of code on a page. */
export interface Example {
  /** The line of the page on which the block begins, from 1. */
  line: number;
  /** What stands behind the opening fence. */
  language: string;
  text: string;
}

/** The path of a page of `docs/`. */
export function pagePath(page: string): string {
  return fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
}

/** The text of a page of `docs/`. */
export function pageText(page: string): string {
  return readFileSync(pagePath(page), 'utf8');
}

/** The blocks of code of a page, in order. */
export function examplesIn(page: string, language: string): Example[] {
  const text = pageText(page);
  const blocks = [...text.matchAll(/^```([\w-]*)\n([\s\S]*?)^```$/gm)];
  return blocks
    .map((block) => ({
      line: text.slice(0, block.index).split('\n').length,
      language: block[1] ?? '',
      text: block[2] ?? '',
    }))
    .filter((example) => example.language === language);
}
