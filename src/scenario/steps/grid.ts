import { setTimeout as pause } from 'node:timers/promises';
import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import { foldCells } from '../../judge/cells.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Cell } from '../../results/results.ts';
import type { Step, StepOf } from '../../suite/model.ts';
import { cellsOf, pairsOf, type Rows } from '../cells.ts';
import type { TestRun } from '../run.ts';
import { proveServing } from '../serving.ts';
import { NotApplicable, StepFailure } from '../step-failure.ts';
import { SPARE_CONNECTIONS } from './connect.ts';
import { closeConnection } from './end.ts';

/** A row whose cells fail so often, and never anything else, shows no more. */
const SHOWN = 3;

/** So many connections may wait to be released while the next cells are played. */
const MOST_PENDING = 32;

/** ms between two looks whether one of them was. */
const PENDING_MS = 5;

/** The name of the table of ports; none of a suite can have it. */
const PORT = 'the port';

/** How a list of steps is played, and what becomes of a step that could not be. */
export interface Playing {
  playSteps: (run: TestRun, steps: readonly Step[]) => Promise<void>;
  recordFailure: (run: TestRun, error: unknown) => void;
}

/**
 * Plays the steps of a grid in one cell after the other. What is only waited for, until a connection is released, is
 * waited for while the next cells are played. A row that has failed in every cell is not played again and again.
 */
export async function grid(run: TestRun, step: StepOf<'grid'>, playing: Playing): Promise<void> {
  const tables = step.each as Record<string, Record<string, unknown>>;
  const rows = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, Object.keys(table)]));
  const cells = step.pairs && run.context.tier === 'quick' ? pairsOn(run, rows) : cellsOf(rows);
  const withinMs = run.values.ms(step.within);
  const lastStartUs = nowUs() + msToUs(withinMs);
  const played: PlayedCell[] = [];
  let left = 0;
  let serves = true;
  for (const cell of cells) {
    await untilFewPending(run, played);
    for (const one of played) one.dismiss();
    if (isShown(cell, played)) continue;
    if (played.at(-1)?.isLost) serves &&= await servesAgain(run);
    if (!serves || nowUs() >= lastStartUs || run.context.signal.aborted) left += 1;
    else played.push(await playCell(run, step, cell, playing));
  }
  await Promise.all(played.map(({ over }) => over));
  for (const one of played) one.dismiss();
  if (left > 0) tellLeft(run, left, { of: cells.length, serves, withinMs });
  run.assertions.push(...foldCells(played.flatMap(({ run: { assertions } }) => assertions)));
}

/** The port is a table of its own: what is played on one of them need not be played on the others. */
function pairsOn(run: TestRun, rows: Rows): Cell[] {
  if (run.port === undefined || run.eachPort.length < 2) return pairsOf(rows);
  const cells = pairsOf({ ...rows, [PORT]: run.eachPort });
  return cells.flatMap(({ [PORT]: port, ...cell }) => (port === run.port ? [cell] : []));
}

/** A cell that was played. */
class PlayedCell {
  readonly cell: Cell;
  readonly run: TestRun;
  readonly over: Promise<void>;
  isOver = false;
  #connections: readonly Connection[];

  constructor(run: TestRun, cell: Cell, connections: readonly Connection[]) {
    this.cell = cell;
    this.run = run;
    this.#connections = connections;
    this.over = Promise.all(run.pending).then(() => {
      this.isOver = true;
    });
  }

  /** What the next cells need not look through again, and no report has to show connection by connection. */
  dismiss(): void {
    if (!this.isOver || this.#connections.length === 0) return;
    if (this.run.assertions.some(({ outcome }) => outcome !== 'pass')) return;
    this.#connections = this.run.dismiss(this.#connections);
  }

  get hasFailed(): boolean {
    return this.run.assertions.some(({ outcome }) => outcome === 'fail');
  }

  /** Whether a new connection was not served any more. */
  get isLost(): boolean {
    return this.run.assertions.some(
      ({ outcome, about }) => outcome !== 'pass' && (about === 'serving' || about === 'opening'),
    );
  }
}

/** Whether the device can be asked on: by itself, or because it was started again. */
async function servesAgain(run: TestRun): Promise<boolean> {
  const { habits, revive, target } = run.context;
  if (revive) return revive();
  for (const port of run.ports('all')) {
    if (habits[port]?.answers === 'refused') continue;
    const { concluded } = await proveServing(run, port, target.times.recoveryTime);
    if (concluded.outcome === 'fail') return false;
  }
  return true;
}

async function playCell(
  run: TestRun,
  step: StepOf<'grid'>,
  cell: Cell,
  playing: Playing,
): Promise<PlayedCell> {
  const inner = run.inCell(cell);
  const before = new Set(run.connections);
  try {
    await playing.playSteps(inner, step.steps);
  } catch (error) {
    if (error instanceof NotApplicable) tellUnplayed(run, cell, error.message);
    // A device may end a connection for what it was told there; what was to follow cannot be played then.
    else if (isUnsendable(error)) tellUnplayed(run, cell, 'the device had ended the connection');
    else playing.recordFailure(inner, error);
  }
  const own = run.connections.filter((one) => !before.has(one));
  const open = run.open.filter((one) => own.includes(one) && !run.returned.has(one));
  await Promise.all(open.map((one) => closeConnection(run, one)));
  return new PlayedCell(inner, cell, own);
}

function isUnsendable(error: unknown): boolean {
  return error instanceof StepFailure && error.symptom?.code === 'not-sent';
}

/** The steps of the row of a table that belongs to the cell. */
export function play(run: TestRun, step: StepOf<'play'>, { playSteps }: Playing): Promise<void> {
  const row = run.cell?.[step.of];
  return playSteps(run, (step.rows[row ?? ''] ?? []) as Step[]);
}

/** Whether a row of the cell has shown what it has to show: it failed in so many cells, and nothing else came of it. */
function isShown(cell: Cell, played: readonly PlayedCell[]): boolean {
  return Object.entries(cell).some(([table, row]) => {
    const alike = played.filter((one) => one.cell[table] === row && one.isOver);
    return alike.length >= SHOWN && alike.every((one) => one.hasFailed);
  });
}

async function untilFewPending(run: TestRun, played: readonly PlayedCell[]): Promise<void> {
  const { maxConnections } = run.context.target;
  const room = Math.floor(maxConnections / 2) - SPARE_CONNECTIONS - run.context.besides();
  const most = Math.max(1, Math.min(MOST_PENDING, room));
  const pending = (): number => played.reduce((sum, { isOver }) => sum + (isOver ? 0 : 1), 0);
  while (pending() >= most && !run.context.signal.aborted) await pause(PENDING_MS);
}

function tellUnplayed(run: TestRun, cell: Cell, reason: string): void {
  const where = Object.entries(cell).map(([table, row]) => `${table} "${row}"`);
  run.history.record({ kind: 'note', about: 'harness', text: `${where.join(', ')}: not played, ${reason}` });
}

function tellLeft(
  run: TestRun,
  left: number,
  { of, serves, withinMs }: { of: number; serves: boolean; withinMs: number },
): void {
  const why = serves ? `its ${formatUs(msToUs(withinMs))} were over` : 'the device no longer served';
  run.history.record({
    kind: 'note',
    about: 'harness',
    text: `${left} of ${of} cells were not played: ${why}`,
  });
}
