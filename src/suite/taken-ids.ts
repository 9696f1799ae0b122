import { readYaml } from '../document/yaml-file.ts';
import { builtinSuites, shownPath } from './builtin.ts';
import { SANITY_TESTS } from './our-names.ts';

let known: ReadonlyMap<string, string> | undefined;

/** Why a suite of somebody's own cannot have a test of this ID; undefined where it can. */
export function whyTaken(id: string): string | undefined {
  known ??= takenIds();
  const where = known.get(id);
  return where === undefined
    ? undefined
    : `test ID "${id}" belongs to a built-in test (${where}); did you mean "MY-${id}"?`;
}

/** Where each ID of a built-in test stands. What else these suites say is not needed here, and not checked. */
function takenIds(): Map<string, string> {
  const ids = new Map<string, string>();
  for (const id of Object.values(SANITY_TESTS)) ids.set(id, 'one of the sanity tests');
  for (const path of builtinSuites()) {
    const { file } = readYaml(path);
    const { tests = [] } = (file?.value ?? {}) as { tests?: { id: string }[] };
    for (const [index, { id }] of tests.entries()) {
      ids.set(id, `${shownPath(path)}:${file?.positionOf(['tests', index, 'id']).line}`);
    }
  }
  return ids;
}
