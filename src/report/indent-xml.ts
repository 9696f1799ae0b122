/** Deeper elements are indented no further, so that a hostile depth cannot blow a log up. */
const DEEPEST = 20;

const TOKEN = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<[^<>]*>|[^<]+|</g;

type Token = { text: string; kind: 'open' | 'close' | 'content' };

function tokens(xml: string): Token[] {
  return (xml.match(TOKEN) ?? []).flatMap((text): Token[] => {
    if (/^<\/[^<>]*>$/.test(text)) return [{ text, kind: 'close' }];
    if (/^<[^!?/<>][^<>]*>$/.test(text) && !text.endsWith('/>')) return [{ text, kind: 'open' }];
    const trimmed = text.trim();
    return trimmed === '' ? [] : [{ text: trimmed, kind: 'content' }];
  });
}

/**
 * XML with one element a line, an element without children on one. Works on anything: what is cut or not well formed
 * keeps its characters and is merely less well indented. White space between tags is not kept.
 */
export function indentXml(xml: string): string {
  const lines: string[] = [];
  let depth = 0;
  const put = (text: string): number => lines.push('  '.repeat(Math.min(depth, DEEPEST)) + text);
  const all = tokens(xml);
  for (let index = 0; index < all.length; index++) {
    const { text, kind } = all[index] as Token;
    const [next, after] = [all[index + 1], all[index + 2]];
    if (kind === 'open' && next?.kind === 'close') {
      put(text + next.text);
      index += 1;
    } else if (kind === 'open' && next?.kind === 'content' && after?.kind === 'close') {
      put(text + next.text + after.text);
      index += 2;
    } else {
      if (kind === 'close') depth = Math.max(0, depth - 1);
      put(text);
      if (kind === 'open') depth++;
    }
  }
  return lines.join('\n');
}
