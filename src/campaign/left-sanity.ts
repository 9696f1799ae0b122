import { nowUs } from '../history/clock.ts';
import { PORT_NAMES, type Means, type PortName } from '../history/facts.ts';
import { measured } from '../history/symptoms.ts';
import { failed, notObservable, passed, type Concluded } from '../judge/concluded.ts';
import type { TestRecord } from '../results/results.ts';
import type { Applicability } from '../results/verdict.ts';
import type { PlayContext } from '../scenario/context.ts';
import { descriptorsGrown } from '../scenario/descriptors.ts';
import { TestRun } from '../scenario/run.ts';
import { isKept, type Leftover, type Leftovers } from './leftovers.ts';
import { sanityRecord } from './sanity.ts';
import { LEFT } from './sanity-tests.ts';

/** So many tests are named; of the others it is said how many there are. */
const NAMED = 6;

/** So many connections of each port are drawn. */
const DRAWN = 2;

/** What a device owes after each kind of end. */
const OWED = { close: 'SOCK-REL-02', 'half-close': 'SOCK-HC-05' } as const;

/** What was left, and where that is to be expected. */
export interface LeftBehind {
  leftovers: Leftovers;
  /** Whether the device was seen to keep connections of this port. */
  keeps: (port: PortName) => boolean;
  /** Whether a test has failed because connections of it were not released. */
  accused: (test: string) => boolean;
  /** Whether the device was lost when this was ended: what became of it is part of the loss. */
  duringLoss: (endedUs: number) => boolean;
  /** Why nothing but the opening sanity test was run. */
  stopped: string | undefined;
  /** Descriptors without a connection that the device had at first; absent where they cannot be counted. */
  descriptorsBefore: number | undefined;
  /** Whether a test has failed because descriptors were kept. */
  areDescriptorsAccused: boolean;
}

/** So many descriptors more at the end than at the beginning have been left by somebody; one or two may be chance. */
const LEFT_DESCRIPTORS = 3;

/**
 * The test of what all others have closed: a connection that no test asked about is released as well, whatever it had
 * carried. What a test was failed for already is not charged again.
 */
export async function leftSanity(context: PlayContext, behind: LeftBehind): Promise<TestRecord> {
  const run = new TestRun(context, undefined, LEFT.id);
  const { seesOrphans, signal } = context;
  const { leftovers, keeps, accused, duringLoss, stopped } = behind;
  try {
    if (stopped !== undefined) return without(run, 'not run', stopped);
    if (!signal.aborted && seesOrphans) await leftovers.settle(keeps, signal);
    if (signal.aborted) return without(run, 'not run', String(signal.reason));
    if (!seesOrphans)
      return without(run, 'not applicable', 'nothing here sees a connection whose descriptor is given up');
    const ports = PORT_NAMES.filter((port) => leftovers.ended(port) > 0);
    if (ports.length === 0) return without(run, 'not applicable', 'no connection was closed');
    for (const port of ports) {
      for (const how of ['close', 'half-close'] as const) {
        const left = leftovers
          .on(port)
          .filter((one) => one.how === how && !accused(one.test) && !duringLoss(one.endedUs));
        const expected = `the ${port} port releases every connection after our ${how}, whatever test it belonged to`;
        const input = { covers: [OWED[how]], about: 'release' as const, expected, connections: [] };
        const { holder } = left.find((one) => one.holder !== undefined) ?? {};
        run.assert(input, judgeLeft(port, left, { opened: leftovers.ended(port), holder }));
        for (const one of left.filter(isKept).slice(0, DRAWN)) draw(run, one);
      }
    }
    // A connection that is kept keeps its descriptor, whatever becomes of our end.
    const isKeeping = ports.some((port) => keeps(port) || leftovers.on(port).some(isKept));
    if (!behind.areDescriptorsAccused && !isKeeping) {
      const opened = ports.reduce((sum, port) => sum + leftovers.ended(port), 0);
      await judgeDescriptors(run, behind.descriptorsBefore, opened);
    }
    return sanityRecord(run, LEFT);
  } finally {
    run.watch.stop();
  }
}

/** The record of a test that was not judged. */
function without(run: TestRun, applicability: Applicability, reason: string): TestRecord {
  const record = sanityRecord(run, LEFT);
  Object.assign(record.result, { applicability, verdict: 'none', reason });
  return record;
}

function judgeLeft(
  port: PortName,
  left: readonly Leftover[],
  { opened, holder }: { opened: number; holder: string | undefined },
): Concluded {
  const kept = left.filter(isKept);
  const unknown = left.filter(({ standing }) => standing === 'unknown').length;
  const unseen = unknown === 0 ? '' : `; of ${unknown} it was not seen`;
  if (kept.length === 0) return passed(`none of ${opened} connections was left behind${unseen}`);
  const [first] = kept as [Leftover];
  return failed(
    measured(
      'left-behind',
      { opened, left: kept.length, late: 0, refused: 0, resetOnOpen: 0, unreached: 0 },
      {
        port,
        states: { ncs: first.ncs, ...(first.device !== undefined && { device: first.device }) },
        quote: stood(first),
        ...(holder !== undefined && { holder }),
        remark: `they belong to ${carriers(kept)}`,
      },
    ),
  );
}

/** What no test counted: descriptors whose connection is gone, over the whole campaign. */
async function judgeDescriptors(run: TestRun, before: number | undefined, opened: number): Promise<void> {
  const grown = await descriptorsGrown(run.context, before, LEFT_DESCRIPTORS);
  const expected = `fewer than ${LEFT_DESCRIPTORS} descriptors without a connection more than at the beginning`;
  const input = { covers: ['SOCK-AB-06'], about: 'descriptors' as const, expected, connections: [] };
  if (grown === undefined)
    return run.assert(input, notObservable("the descriptors of the device's process are not visible"));
  const kept = measured('descriptors-kept', { grown, connections: opened });
  const means: Means[] = ['fd'];
  run.assert(input, grown < LEFT_DESCRIPTORS ? passed(`${grown} more`, means) : failed(kept, { means }));
}

/** Enters the states in which a connection of another test was seen last. */
function draw({ history }: TestRun, { test, name, how, ncs, device, means }: Leftover): void {
  const connection = `${test}: ${name}`;
  history.record({ kind: 'act', act: how, connection });
  const sinceUs = nowUs();
  const seen = { kind: 'state', connection, means, sinceUs } as const;
  history.record({ ...seen, vantage: 'ncs', state: ncs, evidence: 'observed' });
  const theirs =
    device === undefined
      ? ({ state: 'CLOSE_WAIT', evidence: 'inferred', from: `${ncs} here` } as const)
      : ({ state: device, evidence: 'observed' } as const);
  history.record({ ...seen, vantage: 'device', ...theirs });
}

function stood({ ncs, device, isAccepted }: Leftover): string {
  if (device === undefined) return `${ncs} here, so CLOSE_WAIT at the device (inferred)`;
  const unaccepted = isAccepted ? '' : '; its application has not accepted the connection';
  return `${ncs} here and ${device} at the device${unaccepted}`;
}

/** The tests whose connections were left, each with what such a connection had carried. */
function carriers(kept: readonly Leftover[]): string {
  const byTest = new Map(kept.map((one) => [one.test, one]));
  const named = [...byTest.values()].slice(0, NAMED).map(({ test, carried }) => {
    const messages = [...new Set(carried)].join(', ');
    return `${test} (${messages === '' ? 'nothing was sent' : messages})`;
  });
  const more = byTest.size - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} other tests` : ''}`;
}
