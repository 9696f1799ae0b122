import { parseDuration } from '../document/quantities.ts';
import { didYouMean } from '../document/similar.ts';
import { FAULTS } from '../device/faults/index.ts';
import { UsageError } from './exit.ts';
import type { RunArguments } from './run-options.ts';

/** Options that may be given several times; every other one is given once. */
const LISTS: ReadonlySet<string> = new Set([
  'fault',
  'suite',
  'group',
  'test',
  'allow',
  'parameter',
  'p',
  '_',
]);

/** More tests than a campaign has need not be under way at once. */
const MOST_JOBS = 1_000;

/** The largest seed that a number holds exactly. */
const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

/**
 * Checks what `run` was told before anything is started, and takes lists with commas apart.
 * @throws UsageError with one sentence for each thing that is wrong
 */
export function checkRunArguments(given: RunArguments): RunArguments {
  const problems = [...repeated(given), ...values(given), ...faultProblems(given)];
  if (problems.length > 0) throw new UsageError([...new Set(problems)].join('\n'));
  return {
    ...given,
    ...(given.group && { group: apart(given.group) }),
    ...(given.test && { test: apart(given.test) }),
    ...(given.fault && { fault: apart(given.fault) }),
  };
}

function repeated(given: RunArguments): string[] {
  return Object.entries(given)
    .filter(([name, value]) => Array.isArray(value) && !LISTS.has(name))
    .map(([name, value]) => `${optionName(name)} is given ${(value as unknown[]).length} times`);
}

function values({ seed, maxTime, jobs, out, keep, maxCells }: RunArguments): string[] {
  const problems: string[] = [];
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED)) {
    problems.push('--seed: expected a whole number from 0');
  }
  if (typeof maxTime === 'string' && !((parseDuration(maxTime) ?? 0) > 0)) {
    problems.push(`--max-time ${maxTime}: expected a duration, such as 10m or 90s`);
  }
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS)) {
    problems.push(`--jobs: expected a whole number from 1 to ${MOST_JOBS}`);
  }
  if (out === '') problems.push('--out needs a folder');
  if (keep !== undefined && !(Number.isSafeInteger(keep) && keep >= 1))
    problems.push('--keep: expected a whole number from 1');
  if (maxCells !== undefined && !(Number.isSafeInteger(maxCells) && maxCells >= 1))
    problems.push('--max-cells: expected a whole number from 1');
  if (keep !== undefined && out !== undefined)
    problems.push('--keep is for campaigns that have a folder each; with --out the next one takes the same');
  return problems;
}

function faultProblems({ fault, device, host }: RunArguments): string[] {
  if (fault === undefined) return [];
  if (device !== undefined || host !== undefined) {
    return ['--fault switches faults of the embedded device on; it cannot be used with a device of your own'];
  }
  const names = apart(fault).map((one) => one.split('=')[0] ?? '');
  return names
    .filter((name) => !FAULTS.has(name))
    .map(
      (name) =>
        `unknown fault "${name}"${didYouMean(name, FAULTS.keys()) || '; "mos-conformance device --list-faults" lists them'}`,
    );
}

function apart(list: readonly string[]): string[] {
  return list
    .flatMap((one) => String(one).split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
