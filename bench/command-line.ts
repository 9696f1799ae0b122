import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import type { Bench } from './bench.ts';

/** What `npm run bench --` was told. */
export interface Wishes {
  benches: readonly Bench[];
  quick: boolean;
  json: boolean;
  write: boolean;
}

/** Reads the command line; a sentence where it cannot be understood. */
export function wishesOf(words: string[]): Wishes | string {
  const flag = { type: 'boolean', default: false } as const;
  let given;
  try {
    given = parseArgs({
      args: words,
      options: {
        ...{ quick: flag, json: flag, write: flag, soak: flag },
        only: { type: 'string', multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    return (error as Error).message;
  }
  const { quick, json, write, soak, only } = given;
  const unknown = only.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0)
    return `There is no ${unknown.join(', ')} to measure, only ${BENCHES.map(({ name }) => name).join(', ')}.`;
  if (write && (quick || only.length > 0))
    return '--write takes the whole table: leave --quick and --only out.';
  const isWanted = (bench: Bench): boolean => {
    if (only.includes(bench.name)) return true;
    if (bench.takes === 'long') return soak;
    return only.length === 0 && !(quick && bench.takes === 'minutes');
  };
  return { benches: BENCHES.filter(isWanted), quick, json, write };
}
