import { encodeText } from '../wire/encoding.ts';
import type { DecodedMessage } from '../wire/types.ts';
import { childText } from '../wire/xml.ts';

/** Most characters that are shown of what came. */
const SHOWN = 60;

/**
 * The beginning of what is no MOS message, as the right column of a hex dump has it: a banner in ASCII can be read,
 * whatever encoding was expected, and random bytes are dots.
 */
export function excerptOf({ text, encoding }: Pick<DecodedMessage, 'text' | 'encoding'>): string {
  const beginning = text.slice(0, SHOWN);
  const plain = isMostlyAscii(beginning) ? beginning : encodeText(beginning, encoding).toString('latin1');
  return `"${plain.replace(/[^ -~]/g, '.').slice(0, SHOWN)}"`;
}

function isMostlyAscii(text: string): boolean {
  return text.replace(/[^ -~\r\n\t]/g, '').length > text.length / 2;
}

/** What a refusal says of its reason: `: NACK, "unknown ncsID"`, or nothing. */
export function wordsOf({ body }: Pick<DecodedMessage, 'body'>): string {
  const status = childText(body, 'status') ?? childText(body, 'roStatus');
  const description = childText(body, 'statusDescription');
  const words = [status, description && `"${description}"`]
    .filter((one) => one !== undefined && one !== '')
    .map((one) => String(one).replace(/\s+/g, ' ').slice(0, SHOWN));
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
}
