import type { Fact } from '../history/facts.ts';
import type { Connection } from '../ncs/connection.ts';
import type {
  ConnectionResult,
  FaultMatch,
  StateResult,
  TestRecord,
  TestResult,
} from '../results/results.ts';
import type { Played } from '../scenario/play.ts';
import type { TestRun } from '../scenario/run.ts';
import { foldAssertions } from '../judge/lattice.ts';
import { closeOutcome } from '../judge/outcome.ts';
import { viewOf } from '../judge/view.ts';
import { msToUs, nowUs } from '../history/clock.ts';
import { keyOf, levelOfTest, type PlannedTest } from './plan.ts';
import { unplayedYet } from './unplayed-yet.ts';

/** A result for a test that did not run, with the reason. */
export function unplayed(
  planned: PlannedTest,
  applicability: TestResult['applicability'],
  reason: string,
  seed: number,
): TestRecord {
  return {
    result: { ...skeleton(planned, seed), applicability, verdict: 'none', reason },
    facts: [],
    source: planned.test.source,
  };
}

/** A result for a test in which the harness itself failed. */
export function crashed(planned: PlannedTest, reason: string, seed: number): TestRecord {
  return {
    result: { ...skeleton(planned, seed), verdict: 'error', reason },
    facts: [],
    source: planned.test.source,
  };
}

/** A test that waited when the device was lost shows nothing: what it found so far stays as evidence alone. */
export function spoiled({ result, ...record }: TestRecord, reason: string): TestRecord {
  const assertions = result.assertions.map((one) =>
    one.outcome === 'fail' ? { ...one, outcome: 'inconc' as const } : one,
  );
  return { ...record, result: { ...result, verdict: 'inconc', reason, assertions } };
}

/** The result of a test before it is played. */
export function skeleton(planned: PlannedTest, seed: number): TestResult {
  const { test, suite, port } = planned;
  return {
    key: keyOf(planned),
    id: test.id,
    title: test.title,
    group: suite.group,
    suite: suite.path,
    origin: suite.builtin ? 'built in' : 'own',
    ...(port !== undefined && { port }),
    tier: test.tier,
    level: levelOfTest(test),
    covers: test.covers,
    ...unplayedYet(seed),
  };
}

/** Turns what was played into a result: the verdict of its assertions and what became of its connections. */
export function testResult(planned: PlannedTest, played: Played, seed: number): TestRecord {
  const { run } = played;
  const base = skeleton(planned, seed);
  const times = { startedUs: run.startedUs, durationMs: durationOf(run) };
  const connections = connectionResults(run);
  if (played.notApplicable !== undefined) {
    const result: TestResult = {
      ...base,
      ...times,
      connections,
      applicability: 'not applicable',
      reason: played.notApplicable,
    };
    return { result, facts: run.history.facts, source: planned.test.source };
  }
  const folded = foldAssertions(run.assertions);
  const faults: FaultMatch[] = [];
  const result: TestResult = {
    ...base,
    ...times,
    ...folded,
    faults,
    assertions: run.assertions,
    connections,
  };
  return { result, facts: run.history.facts, source: planned.test.source };
}

/** ms that a test took, without the time for which it waited for its turn. */
function durationOf({ startedUs, context }: TestRun): number {
  return Math.round((nowUs() - startedUs - (context.turn?.queuedUs ?? 0)) / 100) / 10;
}

/** What became of every connection of a run. */
export function connectionResults(run: TestRun): ConnectionResult[] {
  return run.connections.map((connection) => connectionResult(run, connection));
}

function connectionResult(run: TestRun, connection: Connection): ConnectionResult {
  const facts = run.history.of(connection.name);
  const view = viewOf(connection.name, facts);
  const closing = closeOutcome(view, msToUs(run.context.target.times.releaseTime));
  const { tuple, portName } = connection;
  return {
    name: connection.name,
    ...(portName !== undefined && { port: portName }),
    direction: connection.direction,
    ...(tuple && { local: written(tuple.local), remote: written(tuple.remote) }),
    ...closing,
    states: states(run.startedUs, facts),
  };
}

function written(end: { address: string; port: number }): string {
  return end.address.includes(':') ? `[${end.address}]:${end.port}` : `${end.address}:${end.port}`;
}

function states(startedUs: number, facts: readonly Fact[]): StateResult[] {
  return facts.flatMap((fact) =>
    fact.kind === 'state'
      ? [
          {
            us: fact.us - startedUs,
            vantage: fact.vantage,
            state: fact.state,
            evidence: fact.evidence,
            means: fact.means,
            ...(fact.from !== undefined && { from: fact.from }),
          },
        ]
      : [],
  );
}
