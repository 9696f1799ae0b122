import { readFileSync } from 'node:fs';
import { inPackage } from '../../package.ts';
import { readRemedy } from './read.ts';
import type { Remedy } from './remedy.ts';

/** The remedies that faults point at; each stands beside this file as Markdown of that name. */
export const REMEDY_NAMES = [
  'close-on-eof',
  'finish-then-close',
  'survive-reset',
  'accept-loop',
  'framing',
  'do-not-share-state',
  'reply',
] as const;

/** The name of a remedy with examples. */
export type RemedyName = (typeof REMEDY_NAMES)[number];

const known = new Map<RemedyName, Remedy>();

/**
 * The remedy of this name, read when it is first asked for.
 * @throws Error naming the file, where it cannot be read or does not have the form of a remedy
 */
export function remedyOf(name: RemedyName): Remedy {
  const remedy = known.get(name) ?? read(name);
  known.set(name, remedy);
  return remedy;
}

function read(name: RemedyName): Remedy {
  const markdown = readFileSync(inPackage(`src/faults/remedies/${name}.md`), 'utf8');
  try {
    return readRemedy(markdown);
  } catch (error) {
    throw new Error(`${name}.md is no remedy: ${(error as Error).message}`, { cause: error });
  }
}
