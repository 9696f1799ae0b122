import type { GroupName } from '../../src/suite/groups.ts';
import type { Step, Suite, TestCase } from '../../src/suite/model.ts';
import { detect, tests, type DetectOptions, type Detection, type Specimen } from './detect.ts';
import { SHORT_TIMES } from './ways.ts';

/** Groups of tests that are about connections: real sockets show what they find. */
export const SOCKET_GROUPS = ['CON', 'REL', 'HC', 'DC', 'RC', 'ST', 'CH', 'AB'] as const;

/** Groups of tests that are about messages: they can be played without sockets. */
export const MESSAGE_GROUPS = ['WIRE', 'ENV', 'P0', 'LANE', 'ROB'] as const;

/** What the devices have to be like that show what a test is about, and how fast they are asked. */
interface Stage {
  specimen: Omit<Specimen, 'faults'>;
  /** Tests that run at the same time, each against a device of its own, where load would spoil them. */
  concurrency?: number;
}

/** Every kind of device that the tests take. */
export const STAGES = {
  plain: { specimen: {} },
  // Shorter where silence is waited for, longer where cycles have to be done on a busy machine.
  churn: {
    specimen: { target: { times: { ...SHORT_TIMES, replyTime: 2_000, churnTime: 12_000 } } },
    concurrency: 2,
  },
  closing: { specimen: { habits: ['closes-after-reply'] } },
  dialling: { specimen: { dials: true } },
  beating: { specimen: { habits: ['beats=100'] } },
} as const satisfies Record<string, Stage>;

/** A kind of device that tests take. */
export type StageName = keyof typeof STAGES;

function requiresDialling(step: Step): boolean {
  if (step.verb !== 'require' || step.require.kind !== 'habit') return false;
  return step.require.habit.name === 'dials-out' && step.require.habit.is;
}

function judgesOwnRequests(step: Step): boolean {
  return step.verb === 'expect' && step.expect.kind === 'own';
}

/** The devices that show what a device does which neither dials nor closes first: trials are made on them. */
export const TRIAL_STAGES: readonly StageName[] = ['plain', 'churn'];

/** The kind of device that this test takes. */
function stageOf(suite: Suite, test: TestCase): StageName {
  if (test.steps.some(requiresDialling)) return 'dialling';
  if (test.steps.some(judgesOwnRequests)) return 'beating';
  if (suite.group === 'DC') return 'closing';
  return suite.group === 'CH' ? 'churn' : 'plain';
}

/** The tests of these groups that take such a device. */
export function testsOn(stage: StageName, groups: readonly GroupName[]): Suite[] {
  return tests(
    (suite, test) => groups.some((group) => group === suite.group) && stageOf(suite, test) === stage,
  );
}

/** Plays these tests against such devices with this fault, or with none. */
export function playOn(
  stage: StageName,
  fault: string | undefined,
  suites: readonly Suite[],
  options: DetectOptions = {},
): Promise<Detection> {
  const { specimen, concurrency }: Stage = STAGES[stage];
  return detect({ ...specimen, faults: fault === undefined ? [] : [fault] }, suites, {
    ...(concurrency !== undefined && { concurrency }),
    ...options,
  });
}
