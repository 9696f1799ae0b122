import { FAULT_NAMES, type ShownFault } from '../../src/device/faults/index.ts';
import type { Detection } from '../../test/detection/detect.ts';
import { expectedOf, faultOn } from '../../test/detection/expected.ts';
import { ROWS } from '../../test/detection/rows/index.ts';
import { MESSAGE_GROUPS, playOn, testsOn, type StageName } from '../../test/detection/stage.ts';
import { IN_PROCESS } from '../../test/detection/ways.ts';

/** What has to be the same each time. */
type Told = Pick<Detection, 'failed' | 'inconclusive' | 'notApplicable' | 'faults'>;

/**
 * Plays the reference device with each of its message faults so many times, each time with another seed.
 * @param only names of faults; all of them where it is empty
 * @param tell told of each fault when it is done
 * @returns a line for each run that differs from the first one of its fault
 */
export async function messageFaultsAgain(
  times: number,
  only: readonly string[],
  tell: (line: string) => void,
): Promise<string[]> {
  const differences: string[] = [];
  for (const stage of ['plain', 'dialling'] as const) {
    const suites = testsOn(stage, MESSAGE_GROUPS);
    for (const name of FAULT_NAMES.filter((one) => expectedOf(one, suites).length > 0)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const { first, differing } = await again(stage, name, times);
      differences.push(...differing);
      tell(
        `${name}: ${times - differing.length} of ${times} runs the same, named ${first.faults.join(', ') || 'nothing'}`,
      );
    }
  }
  return differences;
}

async function again(
  stage: StageName,
  name: ShownFault,
  times: number,
): Promise<{ first: Told; differing: string[] }> {
  const suites = testsOn(stage, MESSAGE_GROUPS);
  const { ports } = ROWS[name];
  const play = async (seed: number): Promise<Told> => {
    const options = { way: IN_PROCESS, seed, ...(ports && { ports }) };
    const found = await playOn(stage, faultOn(stage, name), suites, options);
    const { failed, inconclusive, notApplicable } = found;
    return { failed, inconclusive, notApplicable, faults: found.faults };
  };
  const first = await play(1);
  const differing: string[] = [];
  for (let seed = 2; seed <= times; seed += 1) {
    const [now, before] = [JSON.stringify(await play(seed)), JSON.stringify(first)];
    if (now !== before) differing.push(`run ${seed} ${name}: ${now}, at first ${before}`);
  }
  return { first, differing };
}
