import { clip, visibleLine } from './visible.ts';

/** Characters that are markedly narrower than a digit in the fonts that a browser takes for Helvetica. */
const NARROW = new Set("ijlItfr.,:;'|!()[] -");

function emWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x1100) return 1.05;
  if (NARROW.has(character)) return 0.34;
  if (/[A-Z_mwMW@%→←…—]/.test(character)) return 0.78;
  return 0.58;
}

/** The width of a text in px, estimated on the generous side: no font can be asked where the SVG is made. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) em += emWidth(character);
  return em * fontSize;
}

/** The text on one line, cut with `…` where it is wider than `width` px. */
export function fitText(text: string, width: number, fontSize: number): string {
  const line = visibleLine(clip(text, 500));
  if (textWidth(line, fontSize) <= width) return line;
  let fitting = '';
  let used = textWidth('…', fontSize);
  for (const character of line) {
    used += textWidth(character, fontSize);
    if (used > width) break;
    fitting += character;
  }
  return `${fitting.trimEnd()}…`;
}
