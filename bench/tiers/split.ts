import type { HistoryLine } from '../../src/results/history-lines.ts';

/** us without any fact that count as waiting; below it, something is just under way. */
const LULL_US = 20_000;

/** What is over when nothing more was said for a while, and nothing of it stands in the history meanwhile. */
const SILENT_ACTS: ReadonlySet<string> = new Set(['churn']);

/** Where the time between the first and the last fact of a campaign went, in ms. */
export interface Split {
  acts: number;
  waits: number;
}

/**
 * Splits the time of a campaign: it waits where no test records anything for more than 20 ms, neither an act of ours
 * nor a byte or a change of state; else it acts. A churn acts from its beginning until its test goes on, since
 * its connections are counted and stand in the history by themselves only where something is wrong with them.
 */
export function splitOf(lines: Iterable<HistoryLine>): Split {
  const busy: [number, number][] = [];
  const silent = new Map<string, number>();
  for (const line of lines) {
    if (!('us' in line)) continue;
    const { us, test } = line;
    const since = silent.get(test);
    if (since !== undefined && us > since) {
      busy.push([since, us]);
      silent.delete(test);
    }
    if (line.kind === 'act' && SILENT_ACTS.has(line.act)) silent.set(test, us);
    busy.push([us, us]);
  }
  busy.sort(([a], [b]) => a - b);
  const [first] = busy;
  if (!first) return { acts: 0, waits: 0 };
  let [waitsUs, until] = [0, first[0]];
  for (const [from, to] of busy) {
    if (from - until > LULL_US) waitsUs += from - until;
    until = Math.max(until, to);
  }
  return { acts: (until - first[0] - waitsUs) / 1_000, waits: waitsUs / 1_000 };
}
