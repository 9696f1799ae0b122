import { styleText } from 'node:util';

/** What may be said with colour; never the only way in which it is said. */
export type Tone = 'good' | 'bad' | 'doubt' | 'soft' | 'strong';

const FORMATS = { good: 'green', bad: 'red', doubt: 'yellow', soft: 'dim', strong: 'bold' } as const;

/** Gives a text its tone, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** A {@link Paint} that colours, or one that does nothing. */
export function painter(color: boolean): Paint {
  if (!color) return (_tone, text) => text;
  return (tone, text) => styleText(FORMATS[tone], text, { validateStream: false });
}

/**
 * Whether to write colour to a stream: NO_COLOR (no-color.org) forbids it, FORCE_COLOR asks for it, else a terminal
 * that is not dumb gets it.
 */
export function wantsColor(
  stream: { isTTY?: boolean },
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}
