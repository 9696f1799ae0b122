import { didYouMean } from '../document/similar.ts';
import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { groupNamed, groupsOf, plainName as plain } from './groups.ts';
import { TIERS, type Suite, type TestCase, type Tier } from './model.ts';

/** What a person asked for; what is absent or empty leaves nothing out. */
export interface Selectors {
  /** Short or long names, in any case: `REL`, `half-close`. */
  groups?: readonly string[];
  /** `REL-02`, or `REL-02@lower` for one port. */
  tests?: readonly string[];
  /** This tier and everything quicker; without it `standard`, or every tier where tests are named. */
  tier?: Tier;
}

/** What was selected. */
export interface Selection {
  /** The suites of which at least one test is selected, whole, in their order. */
  suites: Suite[];
  /** Whether the test is selected, on this port where it runs on one. */
  includes(test: TestCase, port?: PortName): boolean;
  /** What is wrong with the selectors, each a clause without a full stop. */
  problems: string[];
}

/** Selects tests. A selector that matches nothing is a problem. */
export function selectTests(suites: readonly Suite[], selectors: Selectors): Selection {
  const problems: string[] = [];
  const groups = readGroups(selectors.groups ?? [], suites, problems);
  const wanted = readTests(selectors.tests ?? [], suites, problems);
  const tier = selectors.tier ?? (wanted ? 'soak' : 'standard');
  const selected = new Set(
    suites
      .filter(({ group }) => !groups || groups.has(group))
      .flatMap(({ tests }) => tests)
      .filter(({ id }) => !wanted || wanted.has(id))
      .filter((test) => fits(test, tier, wanted, problems)),
  );
  if (problems.length === 0 && selected.size === 0) {
    problems.push(`no test is selected: the selectors exclude each other, or tier ${tier} has none`);
  }
  return {
    suites: suites.filter(({ tests }) => tests.some((test) => selected.has(test))),
    includes: (test, port) => selected.has(test) && wantedOn(wanted?.get(test.id), port),
    problems,
  };
}

type Wanted = ReadonlyMap<string, readonly PortName[] | 'every'>;

function fits(test: TestCase, tier: Tier, wanted: Wanted | undefined, problems: string[]): boolean {
  if (TIERS.indexOf(test.tier) <= TIERS.indexOf(tier)) return true;
  if (wanted) problems.push(`test ${test.id} belongs to tier ${test.tier}; add --tier ${test.tier}`);
  return false;
}

function wantedOn(ports: readonly PortName[] | 'every' | undefined, port: PortName | undefined): boolean {
  return ports === undefined || ports === 'every' || port === undefined || ports.includes(port);
}

function readGroups(
  names: readonly string[],
  suites: readonly Suite[],
  problems: string[],
): Set<string> | undefined {
  if (names.length === 0) return undefined;
  const groups = new Set<string>();
  const known = groupsOf(suites);
  for (const name of names) {
    const group = groupNamed(name, known);
    if (group === undefined) {
      const meant = didYouMean(
        name,
        known.flatMap(({ id, title }) => [id, title]),
      );
      problems.push(
        `no group "${name}"${meant || `; the groups are ${known.map(({ id }) => id).join(', ')}`}`,
      );
    } else if (!suites.some((suite) => suite.group === group.id)) {
      problems.push(`no suite is in group ${group.id} (${group.title})`);
    } else groups.add(group.id);
  }
  return groups;
}

function readTests(
  names: readonly string[],
  suites: readonly Suite[],
  problems: string[],
): Wanted | undefined {
  if (names.length === 0) return undefined;
  const tests = new Map(suites.flatMap((suite) => suite.tests.map((test) => [test.id, test])));
  const wanted = new Map<string, PortName[] | 'every'>();
  for (const name of names) {
    const [given = '', port, ...rest] = name.split('@');
    const id = [...tests.keys()].find((known) => plain(known) === plain(given));
    const problem =
      id === undefined ? unknownTest(name, given, tests) : portProblem(name, tests.get(id), port, rest);
    if (problem !== undefined) problems.push(problem);
    else if (id !== undefined) addWanted(wanted, id, port as PortName | undefined);
  }
  return wanted;
}

function addWanted(wanted: Map<string, PortName[] | 'every'>, id: string, port: PortName | undefined): void {
  const before = wanted.get(id) ?? [];
  if (port === undefined || before === 'every') wanted.set(id, 'every');
  else wanted.set(id, [...new Set([...before, port])]);
}

function unknownTest(name: string, given: string, tests: ReadonlyMap<string, TestCase>): string {
  return `no test "${name}"${didYouMean(given, tests.keys())}`;
}

function portProblem(
  name: string,
  test: TestCase | undefined,
  port: string | undefined,
  rest: readonly string[],
): string | undefined {
  if (port === undefined) return undefined;
  const known = PORT_NAMES.find((one) => one === port);
  if (known === undefined || rest.length > 0) {
    return `no port "${[port, ...rest].join('@')}" in "${name}"${didYouMean(port, PORT_NAMES)}`;
  }
  if (test?.each === 'once') return `test ${test.id} runs once, not on the ${known} port`;
  const allowed = test === undefined || test.each === 'declared' || test.each.includes(known);
  return allowed ? undefined : `test ${test.id} does not run on the ${known} port`;
}
