import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../../history/clock.ts';
import type { Endpoint, PortName } from '../../history/facts.ts';
import { SHORT_BACKLOG } from '../../ncs/churn/room.ts';
import { Connection } from '../../ncs/connection.ts';
import { symptomOfFailure } from '../../ncs/failure.ts';
import type { Heartbeats } from '../../ncs/requests.ts';
import { ownPort } from '../../ncs/own-port.ts';
import { viewOf, type ConnectionView } from '../../judge/view.ts';
import type { PortHabits } from '../../results/results.ts';
import type { StepOf } from '../../suite/model.ts';
import type { Target } from '../../subject/target.ts';
import type { TestRun } from '../run.ts';
import { failedStep, NotApplicable, unplayedStep } from '../step-failure.ts';

type ConnectStep = StepOf<'connect'>;

/** ms between two attempts to reach a device that is just recovering. */
const RETRY_MS = 100;

/** ms between the connections of a group that exceed a short backlog. */
const GAP_MS = 3;

/** A device that holds no more connections than this at once gets time to give one back before the next is opened. */
const SCARCE = 24;

/** How many connections stay free for the probes that show whether the device still serves. */
export const SPARE_CONNECTIONS = 2;

/** Opens one connection, or a group of them. */
export async function connect(run: TestRun, step: ConnectStep): Promise<void> {
  const ports = run.ports(step.port);
  await run.act();
  if (step.count !== undefined) await untilRoomy(run);
  const count = scaled(run, step.count === undefined ? 1 : run.values.count(step.count), ports);
  const wanted = ports.flatMap((port) => Array.from({ length: count }, () => port));
  refuseTooMany(run, wanted.length);
  if (wanted.length > 1) await untilRoom(run, wanted.length);
  const from = step.from?.port;
  const same =
    from === undefined || from === 'own' ? undefined : run.latest(from['same-as'])[0]?.tuple?.local;
  const attempts = await Promise.allSettled(
    wanted.map(async (port, index) => {
      if (index >= SHORT_BACKLOG) await pause((index - SHORT_BACKLOG + 1) * GAP_MS);
      const local = from === 'own' ? await ownEnd() : same;
      return open(run, { name: run.nextName(step.as), port, local });
    }),
  );
  // The first failure ends the test, but only when every attempt is over: what came up has to be closed again.
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  if (failed) throw failed.reason;
  run.enter(
    step.as,
    attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : [])),
  );
}

/** Our own end of a connection that is to be followed by another one from the same port. */
async function ownEnd(): Promise<LocalEnd> {
  const port = await ownPort();
  if (port !== undefined) return { port };
  throw unplayedStep('a local port to be free', 'no local port below 32000 is free');
}

/** A local port, and the address where it matters. */
type LocalEnd = Pick<Endpoint, 'port'> & Partial<Endpoint>;

/** What to open. */
export interface Opening {
  name: string;
  port: PortName;
  /** Our own end, where it must be this very one. */
  local?: LocalEnd | undefined;
  /** ms until the attempt counts as unanswered; connectTime where absent. */
  timeoutMs?: number;
  /** Tries once only, where reconnecting at once is the very thing that is tested. */
  once?: boolean;
}

/**
 * Opens one connection. The first one of a test on a port may take until recoveryTime, because the test before
 * may have left the device busy; any later one gets a single attempt.
 */
export async function open(run: TestRun, opening: Opening): Promise<Connection> {
  refuseTooMany(run);
  await run.act();
  await untilRoom(run);
  const patient = !opening.once && !run.hasUsed(opening.port);
  const deadlineUs = nowUs() + msToUs(patient ? run.context.target.times.recoveryTime : 0);
  for (;;) {
    const connection = await dial(run, opening);
    const { failure } = connection;
    if (!failure) {
      run.adopt(connection);
      return connection;
    }
    if (failure.whose === 'ours') throw unplayedStep('a connection to be opened', failure.text);
    if (nowUs() >= deadlineUs || failure.reason === 'no answer' || run.context.signal.aborted) {
      const expected = `the device to accept a connection on its ${opening.port} port`;
      throw failedStep('opening', expected, symptomOfFailure(failure), [opening.name]);
    }
    await pause(RETRY_MS);
  }
}

/** Makes a single attempt, whether there is a place or not; the connection that comes back may carry a failure. */
export async function dial(run: TestRun, opening: Opening): Promise<Connection> {
  await run.act();
  const { target } = run.context;
  const port = target.ports[opening.port];
  if (port === undefined) throw new NotApplicable(`the device declares no ${opening.port} port`);
  return Connection.dial({
    name: opening.name,
    history: run.history,
    remote: { address: target.address, port },
    network: run.context.network,
    portName: opening.port,
    timeoutMs: opening.timeoutMs ?? target.times.connectTime,
    encoding: target.encoding,
    messageSize: target.messageSize,
    heartbeats: heartbeatsOf(run.context.habits[opening.port]),
    ...(opening.local && { localPort: opening.local.port }),
    ...(opening.local?.address !== undefined &&
      !isLinkLocal(opening.local.address) && { localAddress: opening.local.address }),
    onOpened: (connection) => {
      if (!connection.tuple) return;
      run.watch.watch(connection.name, connection.tuple);
      void run.watch.look();
    },
  });
}

/** Before anything is known of a port, its answers are taken to carry the messageID of their request. */
function heartbeatsOf(habits: PortHabits | undefined): Heartbeats {
  if (habits?.beats) return 'own';
  return !habits || habits.echoes ? 'echo' : 'unknown';
}

/** A device that holds no more connections than it declares is right, and is not asked to. */
export function refuseTooMany(run: TestRun, wanted = 1): void {
  const most = run.context.target.maxConnections;
  const vanished = run.connections.filter((one) => viewIn(run, one).vanishedUs !== undefined);
  if (run.open.length + vanished.length + wanted <= most) return;
  throw new NotApplicable(
    `it takes more connections at once than the device declares (${most === 1 ? 'one' : most})`,
  );
}

/** ms that a device with few connections gets to count one out that it has released. */
export const REST_MS = 20;

/** So many connections of others are in nobody's way on a device with few. */
const LEAST_FEW = 4;

/** ms between two looks whether there is a place. */
const ROOM_MS = 10;

/**
 * Waits for a place, or several, on a device that declares how many it has: what anybody of us has closed takes one
 * until it is released, or has not been within the release time. Where a deadline begins with the attempt, it is waited
 * for before.
 */
export async function untilRoom(run: TestRun, wanted = 1): Promise<void> {
  const { maxConnections, given } = run.context.target;
  if (!given.has('connections')) return;
  const isFull = (): boolean => run.held.length + run.context.besides() + wanted > maxConnections;
  const mayLag = maxConnections <= SCARCE && run.connections.length >= maxConnections;
  if (!isFull() && !mayLag) return;
  await untilReleased(run, isFull);
  await pause(REST_MS);
}

/** How many connections of others are in no crowd's way. */
export function fewOf({ maxConnections }: Target): number {
  return Math.max(LEAST_FEW, maxConnections / 8);
}

/**
 * Waits until what others hold leaves a crowd the room that it would have by itself; no longer than it takes until what
 * they have closed is released.
 */
export async function untilRoomy(run: TestRun): Promise<void> {
  const { context } = run;
  await untilReleased(run, () => context.besides() > fewOf(context.target));
}

/** Waits while something stands in the way, which the device has its release time to let go of. */
async function untilReleased(run: TestRun, standsInTheWay: () => boolean): Promise<void> {
  const { target, signal } = run.context;
  const deadlineUs = nowUs() + msToUs(target.times.releaseTime);
  while (standsInTheWay() && nowUs() < deadlineUs && !signal.aborted) await pause(ROOM_MS);
}

function viewIn(run: TestRun, { name }: Connection): ConnectionView {
  return viewOf(name, run.history.of(name));
}

/** A crowd never exceeds what the device is willing to hold, less what the probes need. */
function scaled(run: TestRun, count: number, ports: readonly PortName[]): number {
  if (count * ports.length <= 2) return count;
  if (ports.some((port) => servesOne(run.context.habits[port]))) {
    const text = `one connection instead of ${count}: the device keeps no second one beside the first`;
    run.history.record({ kind: 'note', about: 'harness', text });
    return 1;
  }
  const free = run.context.target.maxConnections - SPARE_CONNECTIONS - run.context.besides();
  const room = Math.max(1, Math.floor(free / ports.length));
  if (room >= count) return count;
  run.history.record({
    kind: 'note',
    about: 'harness',
    text: `${room} connections instead of ${count}: the device declares a limit of ${run.context.target.maxConnections}`,
  });
  return room;
}

/** A link-local address means nothing without its zone, which the tuple does not keep: the port alone must do. */
function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address);
}

/** What the opening sanity test found: no second connection is served, or the older one is dropped for it. */
function servesOne(habits: PortHabits | undefined): boolean {
  return habits?.servesTwo === false || habits?.closesOlder === true;
}
