import { Lexer } from 'yaml';

/** Far deeper than any file of ours, far shallower than what a parser that calls itself can bear. */
const DEEPEST = 60;

/**
 * Whether text opens more levels than a parser should be made to follow: brackets, or dashes and question
 * marks one after another on a line. Levels by indentation are bounded by the size of the file.
 */
export function nestsTooDeeply(text: string): boolean {
  let brackets = 0;
  let compact = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets--;
    else if (token === '-' || token === '?' || token === ':') compact++;
    else if (token.includes('\n')) compact = 0;
    if (brackets > DEEPEST || (compact > DEEPEST && brackets === 0)) return true;
  }
  return false;
}
