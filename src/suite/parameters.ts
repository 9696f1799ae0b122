import { DEFAULT_TIMES } from '../subject/target.ts';

/** What `$name` may stand for where a duration is expected. */
export const TIME_PARAMETERS: readonly string[] = ['releaseTime', ...Object.keys(DEFAULT_TIMES)].filter(
  (name, index, all) => all.indexOf(name) === index,
);

/** What `$name` may stand for where a count is expected: the most connections that the device may be given. */
export const COUNT_PARAMETERS: readonly string[] = ['connections'];

/** What `$name` may stand for in text, beside what earlier steps captured. */
export const TEXT_PARAMETERS: readonly string[] = [
  'mosId',
  'ncsId',
  'otherNcsId',
  'canary',
  'canaryUrl',
  ...COUNT_PARAMETERS,
  ...TIME_PARAMETERS,
];
