import { nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { Matter } from '../history/symptoms.ts';
import { History } from '../history/history.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Received, Request } from '../ncs/requests.ts';
import { requirement } from '../requirements/catalogue.ts';
import type { AssertionResult, Cell } from '../results/results.ts';
import type { Level } from '../results/verdict.ts';
import type { Step } from '../suite/model.ts';
import { numberedName } from '../suite/our-names.ts';
import type { PortChoice } from '../suite/values-schema.ts';
import type { ChurnTrial } from '../judge/churn/trial.ts';
import { meaningOf } from '../judge/meaning.ts';
import { toldBy, undecided, type Concluded } from '../judge/concluded.ts';
import { doubtAbout } from '../judge/sight.ts';
import { judgeReleased } from '../judge/released.ts';
import { endedByUsUs, viewOf, type ConnectionView } from '../judge/view.ts';
import { Chance } from './chance.ts';
import type { DeviceEnd, PlayContext, SocketWatch } from './context.ts';
import type { Listening } from './listening.ts';
import type { SplitAccount } from './split-account.ts';
import { brokenStep, NotApplicable } from './step-failure.ts';
import { declaredPorts } from './ports.ts';
import { Values } from './values.ts';

/** What an assertion needs beside its outcome. */
export interface AssertionInput {
  covers: readonly string[];
  /** What it is about. */
  about: Matter;
  expected: string;
  connections: readonly string[];
  /** Overrides the level of the requirements, for a remark on a must. */
  level?: Level;
}

/** Everything one playing of one test knows: its history, its connections by name, its labels and assertions. */
export class TestRun {
  readonly context: PlayContext;
  readonly history: History;
  readonly watch: SocketWatch;
  readonly values: Values;
  readonly startedUs = nowUs();
  readonly #key: string;
  /** The ID of the test. */
  readonly id: string;
  /** The port of this run; absent for a test that names its ports itself. */
  readonly port: PortName | undefined;
  /** The ports on which this test is played, each by itself. */
  eachPort: readonly PortName[] = [];
  /** Every connection ever opened under a name, newest batch last. */
  readonly #batches = new Map<string, Connection[][]>();
  readonly #named: Map<string, number>;
  readonly connections: Connection[];
  readonly #released: Set<Connection>;
  /** What listens for the device, by the names of the suite. */
  readonly listening: Map<string, Listening[]>;
  /** Connections of the device that outlive the test: it has borrowed them and given them back. */
  readonly returned: Set<Connection>;
  readonly requests = new Map<string, Request[]>();
  readonly receivedBy = new Map<string, Received>();
  /** What became of each churn. */
  readonly churns = new Map<string, ChurnTrial>();
  /** How far the exchanges came in which a message was split at one place after the other. */
  readonly splits = new Map<string, SplitAccount>();
  readonly assertions: AssertionResult[] = [];
  /** The cell of a grid that this is the playing of; absent where it is that of a whole test. */
  readonly cell: Cell | undefined;
  /** Expectations of a cell that are waited for while the next cells are played. */
  readonly pending: Promise<void>[] = [];
  /** The step that is being played. */
  current: Step | undefined;
  /** The step that ended the test early. */
  failed: Step | undefined;
  /** ms between the pieces of a message where nobody can see whether the device has read the first; the shortest if absent. */
  blindPauseMs: number | undefined;
  /** Ends sending that is slow on purpose. */
  slowly: AbortSignal;
  /** Unlisted descriptors of the device before the test, where they can be counted. */
  descriptorsBefore: number | undefined;

  /** @param within the test that plays a cell of its own: it has names and assertions of its own */
  constructor(
    context: PlayContext,
    port: PortName | undefined,
    id: string,
    within?: { run: TestRun; cell: Cell },
  ) {
    const { turn } = context;
    const around = within?.run;
    this.context = context;
    this.cell = within?.cell;
    this.id = id;
    this.port = port;
    this.slowly = context.signal;
    this.values = new Values(context.target);
    this.#named = around ? around.#named : new Map();
    this.connections = around?.connections ?? [];
    this.#released = around ? around.#released : new Set();
    this.listening = around?.listening ?? new Map();
    this.returned = around?.returned ?? new Set();
    this.#key = port === undefined ? id : `${id}@${port}`;
    this.history =
      around?.history ?? new History(turn && ((isLong) => turn.stepAside(isLong ? 'waits long' : 'waits')));
    this.watch = around?.watch ?? context.watch(this.history, this.#key);
    if (turn && !around) turn.test = this;
  }

  /** The playing of one cell of a grid of this test, with names of its own. */
  inCell(cell: Cell): TestRun {
    return new TestRun(this.context, this.port, this.id, { run: this, cell });
  }

  /** Resolves when the test may act on the device. Whatever reaches the device asks first. */
  async act(): Promise<void> {
    await this.context.turn?.act();
  }

  /** The connections that are open at our end. */
  get open(): Connection[] {
    return this.connections.filter((one) => one.alive && !this.#isEnded(one.name));
  }

  /**
   * The connections that take a place at the device, as far as we know: open, or not released yet. What it was shown
   * never to let go of is not among them.
   */
  get held(): Connection[] {
    return this.connections.filter((one) => !this.#released.has(one) && this.#isHeld(one));
  }

  #isHeld(connection: Connection): boolean {
    const { name, alive, portName } = connection;
    if (portName !== undefined && this.context.neverReleases(portName)) return alive && !this.#isEnded(name);
    const { standing } = judgeReleased(viewOf(name, this.history.of(name)), { ends: 'ncs' });
    if (standing === 'holds') this.#released.add(connection);
    return standing === 'pending';
  }

  /** Leaves what was ended to the campaign, which follows it until it is released. */
  leave(): void {
    for (const connection of this.connections) this.#leaveOne(connection);
  }

  /**
   * Has done with connections that both ends have let go of, and that no report is to show.
   * @returns the others
   */
  dismiss(connections: readonly Connection[]): Connection[] {
    return connections.filter((connection) => {
      if (connection.alive || !this.#isReleased(connection)) return true;
      this.#leaveOne(connection);
      this.connections.splice(this.connections.indexOf(connection), 1);
      return false;
    });
  }

  #isReleased(connection: Connection): boolean {
    const { name } = connection;
    if (this.#released.has(connection)) return true;
    return judgeReleased(viewOf(name, this.history.of(name)), { ends: 'both' }).standing === 'holds';
  }

  #leaveOne(connection: Connection): void {
    const { name, tuple, portName: port } = connection;
    const facts = this.history.of(name);
    const view = viewOf(name, facts);
    if (!tuple || port === undefined || !owesRelease(view) || this.returned.has(connection)) return;
    this.context.leave({
      test: this.#key,
      name,
      port,
      tuple,
      how: facts.some((fact) => fact.kind === 'act' && fact.act === 'half-close') ? 'half-close' : 'close',
      endedUs: endedByUsUs(view) ?? nowUs(),
      carried: facts.flatMap((fact) =>
        fact.kind === 'message' && fact.direction === 'sent' ? [fact.name] : [],
      ),
      isReleased: this.#isReleased(connection),
      takesPlace: !this.context.neverReleases(port),
    });
  }

  /** Whether the device owes nothing on the connections that are open, and has no message in hand that is not complete. */
  get isIdle(): boolean {
    return this.open.every(
      ({ name, ledger }) =>
        ledger.requests.every(({ answers }) => answers.length > 0) &&
        !this.history.of(name).some((fact) => fact.kind === 'message' && fact.incomplete),
    );
  }

  /** Makes one choice of the test, named by `choice`: the same for the same seed, test and port. */
  chance(choice: string): Chance {
    return new Chance(this.context.seed, this.id, this.port ?? '', choice);
  }

  /** Enters a connection that came up under a name of the suite; verbs act on the newest batch. */
  enter(name: string, batch: Connection[]): void {
    const batches = this.#batches.get(name);
    if (batches) batches.push(batch);
    else this.#batches.set(name, [batch]);
    for (const connection of batch) this.adopt(connection);
  }

  /** Takes charge of a connection, so that it is ended and reported, without a name that verbs know. */
  adopt(connection: Connection): void {
    if (!this.connections.includes(connection)) this.connections.push(connection);
  }

  /** The name of the next connection called `name`: `ncs`, then `ncs.2`, and so on. */
  nextName(name: string): string {
    const number = (this.#named.get(name) ?? 0) + 1;
    this.#named.set(name, number);
    return numberedName(name, number);
  }

  /** The newest batch of connections called `name`. */
  latest(name: string): Connection[] {
    const batch = this.#batches.get(name)?.at(-1);
    if (!batch) throw brokenStep(`a connection called ${name}`, `no connection is called ${name}`);
    return batch;
  }

  /** Every connection called `name`, of all batches. */
  all(name: string): Connection[] {
    return this.#batches.get(name)?.flat() ?? [];
  }

  /** Whether a connection to this port was opened in this test before. */
  hasUsed(port: PortName): boolean {
    return this.connections.some((connection) => connection.portName === port);
  }

  /** The ports a choice stands for, in this run, on this device. */
  ports(choice: PortChoice): PortName[] {
    const declared = declaredPorts(this.context.target);
    if (choice === 'all') return declared;
    if (choice === 'each') return [this.port ?? declared[0] ?? 'lower'];
    if (choice === 'other') {
      const other = declared.find((name) => name !== this.port && name !== 'query');
      if (!other) throw new NotApplicable('the device declares no second port');
      return [other];
    }
    if (!declared.includes(choice)) throw new NotApplicable(`the device declares no ${choice} port`);
    return [choice];
  }

  /** Records one assertion for every requirement that it covers; whether anything of ours casts doubt on it is asked here. */
  assert(input: AssertionInput, concluded: Concluded): void {
    const sure = this.#withHolder(this.#withoutDoubt(concluded), input.connections);
    for (const id of input.covers) {
      const meaning = sure.outcome === 'fail' ? meaningOf(id) : undefined;
      this.assertions.push({
        requirement: id,
        level: input.level ?? requirement(id).level,
        about: input.about,
        expected: input.expected,
        actual: toldBy(sure),
        outcome: sure.outcome,
        means: sure.means,
        connections: [...input.connections],
        ...(sure.outcome === 'fail' && { symptom: sure.symptom }),
        ...(meaning !== undefined && { meaning }),
        ...(sure.outcome === 'fail' && sure.timing && { timing: true }),
        ...(this.cell && { cells: [this.cell] }),
      });
    }
  }

  /** Who keeps a connection that was not closed, where it is not the device itself. */
  #withHolder(concluded: Concluded, names: readonly string[]): Concluded {
    if (concluded.outcome !== 'fail' || concluded.symptom.code !== 'never-closed') return concluded;
    const holder = this.#endKept(names)?.heldBy();
    return holder === undefined ? concluded : { ...concluded, symptom: { ...concluded.symptom, holder } };
  }

  /** The device's end of the first of these connections that it still has. */
  #endKept(names: readonly string[]): DeviceEnd | undefined {
    for (const { name, tuple } of this.connections) {
      const end = tuple && names.includes(name) ? this.context.deviceEnd(tuple) : undefined;
      if (end) return end;
    }
    return undefined;
  }

  #isEnded(name: string): boolean {
    return endedByUsUs(viewOf(name, this.history.of(name))) !== undefined;
  }

  /** A verdict that a wait which was cut short, or poor sight, leaves open is none. */
  #withoutDoubt(concluded: Concluded): Concluded {
    const doubt = this.#doubtAbout(concluded);
    return doubt === undefined ? concluded : undecided(`${toldBy(concluded)}; ${doubt}`, concluded.means);
  }

  #doubtAbout(concluded: Concluded): string | undefined {
    const { outcome } = concluded;
    if (this.context.signal.aborted && (outcome === 'pass' || outcome === 'fail'))
      return `${String(this.context.signal.reason)} meanwhile`;
    return doubtAbout(concluded, () => this.watch.sight());
  }
}

/** Whether the device has something to let go of: we have ended the connection with a FIN, and it was not reset. */
function owesRelease(view: ConnectionView): boolean {
  const { openedUs, abortedUs, vanishedUs, resetUs } = view;
  if ([abortedUs, vanishedUs, resetUs].some((us) => us !== undefined)) return false;
  return openedUs !== undefined && endedByUsUs(view) !== undefined;
}
