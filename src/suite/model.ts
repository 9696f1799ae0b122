import type { FilePosition } from '../document/problem.ts';
import type { PortName } from '../history/facts.ts';
import type { Permission } from '../subject/target.ts';
import type { Step } from './verbs/index.ts';

export type { Step, StepOf, Verb } from './verbs/index.ts';
export type { ExpectationKind, ExpectationOf } from './expectations/index.ts';

/**
 * The checked model of a suite file: what the player plays. Reading a YAML file gives this or a list of
 * problems, never something in between. The types of steps come from the schemas of the verbs (`verbs/`), under the
 * keys that a suite writes. Values that may refer to a parameter or a capture stay text that starts with `$` until
 * they are played.
 */

/** How long a test takes; `--tier` selects this and everything quicker. */
export const TIERS = ['quick', 'standard', 'soak'] as const;

/** The tier of a test. */
export type Tier = (typeof TIERS)[number];

/** Which ports a test runs on, one run each; `once` for a test that names its ports itself; a list means those of it that are declared. */
export type EachPort = 'declared' | 'once' | PortName[];

/** One test case. */
export interface TestCase {
  id: string;
  title: string;
  tier: Tier;
  each: EachPort;
  /** What the test needs to be allowed. */
  permissions: Permission[];
  /** Whether nothing else may be under way meanwhile, whatever its steps are. */
  alone: boolean;
  /** Every requirement that some step covers, in order of appearance. */
  covers: string[];
  steps: Step[];
  position: FilePosition;
  /** The YAML of the test as written. */
  source: string;
}

/** One suite file. */
export interface Suite {
  /** Path as given, with forward slashes. */
  path: string;
  sha256: string;
  /** Whether it comes with the package: only what such a suite finds is ever named as a fault. */
  builtin: boolean;
  title: string;
  /** The ID of its group. */
  group: string;
  /** The title of its group. */
  groupTitle: string;
  intro: string;
  tests: TestCase[];
}
