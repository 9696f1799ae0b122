import { FAULTS as SHOWN_FAULTS } from '../device/faults/index.ts';
import { REQUIREMENTS, SUPERSEDED_BY } from '../requirements/catalogue.ts';
import type { Requirement } from '../requirements/requirement.ts';
import { groupNamed, groupsOf } from '../suite/groups.ts';
import type { Suite, TestCase } from '../suite/model.ts';
import { FAULTS, type CataloguedFault } from '../faults/catalogue.ts';
import { REMEDY_LANGUAGES } from '../faults/remedies/remedy.ts';
import { parameterText, WORDS } from './words.ts';

/** What `explain` knows about one thing, by the kind of thing. */
export type Explanation =
  | { kind: 'test'; id: string; test: TestCase; suite: Suite; faults: string[] }
  | {
      kind: 'requirement';
      id: string;
      requirement: Requirement;
      /** The requirement, or family of requirements, whose level wins where both speak. */
      supersededBy?: string;
      tests: string[];
      faults: string[];
    }
  | {
      kind: 'fault';
      id: string;
      fault: CataloguedFault;
      languages: string[];
      tests: string[];
      /** Whether the reference device can show it. */
      embedded: boolean;
    }
  | { kind: 'group'; id: string; title: string; tests: string[] }
  | { kind: 'parameter'; id: string; text: string }
  | { kind: 'word'; id: string; text: string };

/** Everything that has this name, in any case; most often one thing. */
export function explanationsOf(name: string, suites: readonly Suite[]): Explanation[] {
  const wanted = name.trim().replace(/^\$/, '');
  const found = [
    testNamed(wanted.split('@')[0] ?? '', suites),
    requirementNamed(wanted, suites),
    faultNamed(wanted, suites),
    groupExplained(wanted, suites),
    parameterNamed(wanted),
    wordNamed(wanted),
  ];
  return found.filter((one) => one !== undefined);
}

/** Every name that has an explanation. */
export function explainable(suites: readonly Suite[], parameters: readonly string[]): string[] {
  const tests = suites.flatMap((suite) => suite.tests.map(({ id }) => id));
  const groups = groupsOf(suites).flatMap(({ id, title }) => [id, title]);
  return [
    ...tests,
    ...REQUIREMENTS.keys(),
    ...FAULTS.keys(),
    ...groups,
    ...parameters,
    ...Object.keys(WORDS),
  ];
}

function testNamed(wanted: string, suites: readonly Suite[]): Explanation | undefined {
  for (const suite of suites) {
    const test = suite.tests.find(({ id }) => same(id, wanted));
    if (!test) continue;
    const faults = [...FAULTS.values()].filter(({ requirements }) =>
      requirements.some((id) => test.covers.includes(id)),
    );
    return { kind: 'test', id: test.id, test, suite, faults: faults.map(({ id }) => id) };
  }
  return undefined;
}

function requirementNamed(wanted: string, suites: readonly Suite[]): Explanation | undefined {
  const requirement = [...REQUIREMENTS.values()].find(({ id }) => same(id, wanted));
  if (!requirement) return undefined;
  const { id } = requirement;
  const supersededBy = SUPERSEDED_BY.get(id);
  const faults = [...FAULTS.values()]
    .filter(({ requirements }) => requirements.includes(id))
    .map((fault) => fault.id);
  const tests = testsCovering([id], suites);
  return { kind: 'requirement', id, requirement, ...(supersededBy && { supersededBy }), tests, faults };
}

function faultNamed(wanted: string, suites: readonly Suite[]): Explanation | undefined {
  const fault = [...FAULTS.values()].find(({ id }) => same(id, wanted));
  if (!fault) return undefined;
  const languages = fault.examples ? Object.keys(REMEDY_LANGUAGES) : [];
  const tests = testsCovering(fault.requirements, suites);
  return { kind: 'fault', id: fault.id, fault, languages, tests, embedded: SHOWN_FAULTS.has(fault.id) };
}

function groupExplained(wanted: string, suites: readonly Suite[]): Explanation | undefined {
  const group = groupNamed(wanted, groupsOf(suites));
  if (!group) return undefined;
  const tests = suites
    .filter((suite) => suite.group === group.id)
    .flatMap((suite) => suite.tests.map((test) => test.id));
  return { kind: 'group', ...group, tests };
}

function parameterNamed(wanted: string): Explanation | undefined {
  const text = parameterText(wanted);
  return text === undefined ? undefined : { kind: 'parameter', id: wanted, text };
}

function wordNamed(wanted: string): Explanation | undefined {
  const found = Object.entries(WORDS).find(([word]) => same(word, wanted));
  return found && { kind: 'word', id: found[0], text: found[1] };
}

function testsCovering(requirements: readonly string[], suites: readonly Suite[]): string[] {
  const tests = suites.flatMap((suite) => suite.tests);
  return tests.filter(({ covers }) => covers.some((id) => requirements.includes(id))).map(({ id }) => id);
}

function same(known: string, wanted: string): boolean {
  return known.toLowerCase() === wanted.toLowerCase();
}
