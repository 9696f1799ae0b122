import { formatUs } from '../../history/clock.ts';
import type { PortName, Tuple } from '../../history/facts.ts';
import { burst as burstOf, canBurst, type Burst } from '../../ncs/burst.ts';
import { TCP } from '../../ncs/tcp.ts';
import type { StepOf } from '../../suite/model.ts';
import type { TestRun } from '../run.ts';
import { proveServing } from '../serving.ts';
import { failedStep, NotApplicable } from '../step-failure.ts';
import { connect, SPARE_CONNECTIONS } from './connect.ts';
import { endAll } from './end.ts';

/** ms for which one handshake may keep this process from everything else. */
const HANDSHAKE_MS = 200;

/** So many times as many bursts are made where none has beaten the device to it. */
const MORE = 4;

/** The name of connections that are reset by the usual means, where there is none that is quicker. */
const NAME = 'burst';

/**
 * Resets connections between the handshake and the device's accept, burst after burst; the port has to serve after
 * each. Where the device's end is seen, one of them must have stood there without an application.
 * @throws NotApplicable where none has: what this is about does not happen to so quick a device, as far as we can tell
 */
export async function burst(run: TestRun, step: StepOf<'burst'>): Promise<void> {
  await run.act();
  for (const port of run.ports(step.port)) {
    if (run.context.network === TCP && canBurst()) await burstOn(run, step, port);
    else await withUsualMeans(run, step, port);
  }
}

async function burstOn(run: TestRun, step: StepOf<'burst'>, port: PortName): Promise<void> {
  const { address, maxConnections, ports, times } = run.context.target;
  const remote = { address, port: ports[port] ?? 0 };
  const count = Math.max(1, Math.min(run.values.count(step.count), maxConnections - SPARE_CONNECTIONS));
  const rounds = run.values.count(step.times);
  const isUnaccepted = (tuple: Tuple): boolean => run.context.deviceEnd(tuple)?.isAccepted === false;
  // Where nothing sees the device's end, none can be seen to have beaten it.
  const most = run.context.seesDevice ? MORE : 1;
  let unaccepted = 0;
  for (let round = 0; round < rounds * (unaccepted > 0 ? 1 : most); round += 1) {
    // Every other burst is as fast as can be; in between each connection is looked at before its reset.
    const look = round % 2 === 1 ? isUnaccepted : undefined;
    const made = burstOf({ remote, count, withinMs: HANDSHAKE_MS, look });
    unaccepted += made.unaccepted;
    tell(run, port, made);
    await serves(run, port, times.recoveryTime);
    if (run.context.signal.aborted) return;
  }
  if (unaccepted > 0 || !run.context.seesDevice) return;
  throw new NotApplicable(
    `the device accepts so fast that no connection was seen to be reset before, in ${rounds * most} bursts`,
  );
}

function tell(run: TestRun, port: PortName, { reset, unaccepted, slowestUs, problem }: Burst): void {
  const seen = unaccepted > 0 ? `, ${unaccepted} of them seen at the device before it had accepted them` : '';
  const ended = problem === undefined ? '' : `; the next one was not established (${problem})`;
  const text = `${reset} connections to the ${port} port reset right after their handshake, the slowest ${formatUs(slowestUs)} after its connect${seen}${ended}`;
  run.history.record({ kind: 'note', about: 'harness', text });
}

/** The port has to serve after each burst, or the next ones show nothing. */
async function serves(run: TestRun, port: PortName, withinMs: number): Promise<void> {
  const { concluded, connections } = await proveServing(run, port, withinMs);
  if (concluded.outcome !== 'fail') return;
  throw failedStep('serving', `the ${port} port to serve after a burst`, concluded.symptom, connections);
}

async function withUsualMeans(run: TestRun, step: StepOf<'burst'>, port: PortName): Promise<void> {
  const { position, count, covers } = step;
  await connect(run, { verb: 'connect', position, as: NAME, port, count, covers });
  await endAll(run, NAME, 'abort');
}
