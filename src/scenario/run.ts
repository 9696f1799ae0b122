import { nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { History } from '../history/history.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Received, Request } from '../ncs/requests.ts';
import { requirement } from '../requirements/catalogue.ts';
import type { AssertionResult, Level } from '../results/results.ts';
import type { PortChoice, Step } from '../suite/model.ts';
import type { ChurnTrial } from '../verdict/churn/trial.ts';
import { meaningOf } from '../verdict/meaning.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Settled } from '../verdict/settle.ts';
import { doubtAbout } from '../verdict/sight.ts';
import { Chance } from './chance.ts';
import type { PlayContext, SocketWatch } from './context.ts';
import type { Listening } from './steps/newsroom.ts';
import { NotApplicable, StepFailure } from './step-failure.ts';
import { Values } from './values.ts';

/** What became of splitting a message at one place after the other. */
export interface SplitAccount {
  /** Such as `inside characters`. */
  kind: string;
  /** Places of this kind in the message. */
  places: number;
  /** The length of the message. */
  bytes: number;
  /** Places at which it was split and answered. */
  answered: number;
  /** Why it ended before all places were tried. */
  ended?: string;
  /** The split that was not answered as it should be, where there was one. */
  failed?: { offset: number; text: string; connection: string };
}

/** What an assertion needs beside its outcome. */
export interface AssertionInput {
  covers: readonly string[];
  expected: string;
  connections: readonly string[];
  /** Overrides the level of the requirements, for a remark on a must. */
  level?: Level;
}

/** Everything one playing of one test knows: its history, its connections by name, its labels and assertions. */
export class TestRun {
  readonly context: PlayContext;
  readonly history = new History();
  readonly watch: SocketWatch;
  readonly values: Values;
  readonly startedUs = nowUs();
  /** The ID of the test. */
  readonly id: string;
  /** The port of this run; absent for a test that names its ports itself. */
  readonly port: PortName | undefined;
  /** Every connection ever opened under a name, newest batch last. */
  readonly #batches = new Map<string, Connection[][]>();
  readonly #named = new Map<string, number>();
  readonly connections: Connection[] = [];
  /** What listens for the device, by the names of the suite. */
  readonly listening = new Map<string, Listening[]>();
  /** Connections of the device that outlive the test: it has borrowed them and given them back. */
  readonly returned = new Set<Connection>();
  readonly requests = new Map<string, Request[]>();
  readonly receivedBy = new Map<string, Received>();
  /** What became of each churn. */
  readonly churns = new Map<string, ChurnTrial>();
  /** How far the exchanges came in which a message was split at one place after the other. */
  readonly splits = new Map<string, SplitAccount>();
  readonly assertions: AssertionResult[] = [];
  /** The step that is being played. */
  current: Step | undefined;
  /** The step that ended the test early. */
  failed: Step | undefined;
  /** Ends sending that is slow on purpose. */
  slowly: AbortSignal;
  /** Unlisted descriptors of the device before the test, where they can be counted. */
  descriptorsBefore: number | undefined;

  constructor(context: PlayContext, port: PortName | undefined, id: string) {
    this.context = context;
    this.id = id;
    this.port = port;
    this.slowly = context.signal;
    this.values = new Values(context.target);
    this.watch = context.watch(this.history);
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
    return number === 1 ? name : `${name}.${number}`;
  }

  /** The newest batch of connections called `name`. */
  latest(name: string): Connection[] {
    const batch = this.#batches.get(name)?.at(-1);
    if (!batch)
      throw new StepFailure('error', `a connection called ${name}`, `no connection is called ${name}`);
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
    const declared = PORT_NAMES.filter((name) => this.context.target.ports[name] !== undefined);
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

  /** Records one assertion for every requirement that it covers. */
  assert(
    input: AssertionInput,
    outcome: AssertionResult['outcome'],
    settled: Pick<Settled, 'judgement' | 'reason'>,
  ): void {
    const { judgement } = settled;
    const doubt = this.#doubtAbout(outcome, judgement);
    const reason = doubt ?? settled.reason;
    const actual = reason ? `${judgement.actual}; ${reason}` : judgement.actual;
    const sure = doubt === undefined ? outcome : 'inconc';
    for (const id of input.covers) {
      const meaning = sure === 'fail' ? meaningOf(id) : undefined;
      this.assertions.push({
        requirement: id,
        level: input.level ?? requirement(id).level,
        expected: input.expected,
        actual,
        outcome: sure,
        means: judgement.means,
        connections: [...input.connections],
        ...(meaning !== undefined && { meaning }),
        ...(sure === 'fail' && judgement.timing && { timing: true }),
      });
    }
  }

  /** Why neither a pass nor a failure may be recorded: what came of a wait that was cut short, or of poor sight. */
  #doubtAbout(outcome: AssertionResult['outcome'], judgement: Judgement): string | undefined {
    if (this.context.signal.aborted && (outcome === 'pass' || outcome === 'fail'))
      return 'the campaign was interrupted meanwhile';
    return doubtAbout(outcome, judgement, () => this.watch.sight());
  }
}
