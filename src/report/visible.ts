/** Control characters, bidirectional overrides and other characters that change how their neighbours look. */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g;

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function name(character: string): string {
  const code = character.charCodeAt(0);
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/**
 * The text with every character that a page or a terminal would act upon written out: control characters and
 * bidirectional overrides as `[U+202E]`, lone surrogates as U+FFFD. Tabs and line feeds stay,
 * carriage returns before a line feed go.
 */
export function visible(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(INVISIBLE, name).replace(LONE_SURROGATE, '\ufffd');
}

/** As {@link visible}, on one line: tabs and line feeds become spaces. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\t\n]+/g, ' ');
}

/** At most `most` characters of a text, the last one `…` where some were left out. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, Math.max(0, most - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
