import { once, type Manner } from '../bench.ts';
import { needBuild } from '../built.ts';
import type { Row } from '../row.ts';
import { campaign } from './campaign.ts';
import { CASES, nameOf, wholeOf } from './cases.ts';

/** What the folder of a standard campaign may take; in MB. */
const FOLDER_MB = 8;

/**
 * Campaigns against a reference device in a process of its own, each played once, and where their time went: acts and
 * waits (split.ts) together are the time from the first fact to the last, so that start and reports are the rest of
 * the whole; our own CPU time is spent during all of it.
 */
export async function* tierRows({ notice }: Manner): AsyncGenerator<Row> {
  needBuild();
  for (const one of CASES) {
    const { whole, acts, waits, own, folder, incomplete } = await campaign(one.tier, one.kind);
    const name = nameOf(one);
    if (incomplete !== undefined) notice(`The campaign "${name}" is incomplete: ${incomplete}.`);
    yield once(wholeOf(one), 's', whole / 1_000, one.target);
    for (const [part, ms] of Object.entries({ acts, waits, 'own CPU time': own }))
      yield once(`${name}: ${part}, against the whole`, 's', ms / 1_000, whole / 1_000);
    if (one.tier === 'standard')
      yield once(`${name}: folder, against its target`, 'MB', folder / 1e6, FOLDER_MB);
  }
}
