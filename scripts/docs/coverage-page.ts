import { suitesFor } from '../../src/commands/list.ts';
import { REQUIREMENTS, SUPERSEDED_BY } from '../../src/requirements/catalogue.ts';
import type { Requirement } from '../../src/requirements/requirement.ts';
import { SETTLED_FAMILIES, UNCOVERED } from './uncovered.ts';
import type { Suite } from '../../src/suite/model.ts';
import { blocks, GENERATED_NOTE, table } from './markdown.ts';

const INTRODUCTION = `Every duty of a device from the connection to robustness, and the tests that hold it to it, or the reason why none does. What
needs a running order, and the profiles above 0, will follow with the suites for them. [What the tests mean](tests.md)
has every test in full.`;

const FAMILIES: Readonly<Record<string, string>> = {
  SOCK: 'TCP sockets',
  'MOS-CONN': 'Connections of MOS',
  'MOS-ENC': 'Encoding',
  'MOS-FRM': 'Framing and form',
  'MOS-ENV': 'Envelope',
  'MOS-ACK': 'Acknowledgement',
  'MOS-HB': 'Heartbeat',
  'MOS-MI': 'Machine information',
  'MOS-ERR': 'Errors and robustness',
};

/** What stands for a requirement: tests, the requirement whose level wins, or a reason why nothing does. */
export interface Coverage {
  requirement: Requirement;
  /** IDs of tests in the order of the suites. */
  tests: string[];
  /** The requirement, or family of requirements, of the sockets that says the same and is covered. */
  by?: string;
  reason?: string;
}

/** The coverage of every requirement of the families that are settled. */
export function coverageOf(suites: readonly Suite[]): Coverage[] {
  const tests = new Map<string, string[]>();
  for (const test of suites.flatMap((suite) => suite.tests)) {
    for (const id of test.covers) tests.set(id, [...(tests.get(id) ?? []), test.id]);
  }
  return [...REQUIREMENTS.values()]
    .filter(({ id }) => SETTLED_FAMILIES.includes(familyOf(id)))
    .map((requirement) => {
      const by = SUPERSEDED_BY.get(requirement.id);
      const reason = UNCOVERED.get(requirement.id);
      const own = tests.get(requirement.id) ?? [];
      return {
        requirement,
        tests: own,
        ...(by !== undefined && { by }),
        ...(reason !== undefined && { reason }),
      };
    });
}

/** `docs/coverage.md`: which requirement is covered by which tests, and why the others are not. */
export function coveragePage(): string {
  const all = coverageOf(suitesFor([]));
  const sections = SETTLED_FAMILIES.map((family) => {
    const own = all.filter(({ requirement }) => familyOf(requirement.id) === family);
    return blocks(
      `## ${FAMILIES[family] ?? family}`,
      table(['Requirement', 'Level', 'The device ...', 'Tests'], own.map(row)),
    );
  });
  const covered = all.filter(({ tests, by }) => tests.length > 0 || by !== undefined).length;
  const count = `${covered} of ${all.length} are covered by tests.`;
  return `${blocks(GENERATED_NOTE, '# What is covered', INTRODUCTION, count, ...sections)}\n`;
}

function row({ requirement, tests, by, reason }: Coverage): string[] {
  const stands =
    tests.length > 0 ? tests.map(linked).join(', ') : by !== undefined ? `as ${by}` : (reason ?? '');
  return [requirement.id, requirement.level, requirement.text, stands];
}

function linked(id: string): string {
  return `[${id}](tests.md#${id.toLowerCase()})`;
}

function familyOf(id: string): string {
  return id.startsWith('SOCK-') ? 'SOCK' : id.replace(/-\d\d$/, '');
}
