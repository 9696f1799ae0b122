import { PORT_NAMES, type PortName } from '../history/facts.ts';
import type { PortHabits } from '../results/results.ts';
import type { HabitName } from '../suite/words.ts';

/** What is known of a device when a test asks for a habit. */
export interface KnownHabits {
  habits: Readonly<Partial<Record<PortName, PortHabits>>>;
  /** The most connections at once that the device file declares. */
  maxConnections: number;
  /** The ports of ours that the device has dialled so far. */
  called: readonly PortName[];
}

/** What of it a test on one port, or one that runs once, can go by. */
interface Asked {
  /** The habits of the port of the test, or of every port. */
  mine: readonly PortHabits[];
  /** The habits of lower and upper. */
  main: readonly PortHabits[];
  /** The habits that say what the device answers: the query port owes no Profile 0, a test that runs once is not about it. */
  asked: readonly PortHabits[];
  maxConnections: number;
  hasDialled: boolean;
}

/** When a device has a habit: one of which nothing says that does not compile. */
const HABITS: Readonly<Record<HabitName, (of: Asked) => boolean>> = {
  answers: ({ asked }) => asked.length > 0 && asked.every((one) => one.answers === 'reply'),
  'answers-everywhere': ({ main }) => main.every((one) => one.answers === 'reply'),
  'answers-heartbeat': ({ asked }) => asked.every((one) => !one.silentOn?.includes('heartbeat')),
  'answers-machine-info': ({ asked }) => asked.every((one) => !one.silentOn?.includes('reqMachInfo')),
  'closes-first': ({ mine }) => mine.some((one) => one.closesAfterReply || one.closesIdle),
  'dials-out': ({ mine, hasDialled }) => hasDialled || mine.some((one) => one.dialsOut),
  'keeps-connections': ({ mine }) => mine.length > 0 && mine.every((one) => !one.closesAfterReply),
  'closes-older': ({ mine }) => mine.some((one) => one.closesOlder),
  'serves-two': ({ mine, maxConnections }) =>
    maxConnections >= 2 && !mine.some((one) => one.closesOlder || one.servesTwo === false),
};

/**
 * Whether the device has a habit, as far as the opening sanity test could tell.
 * @param port the port of the test; absent for a test that runs once
 */
export function hasHabit(habit: HabitName, port: PortName | undefined, known: KnownHabits): boolean {
  const { habits, maxConnections, called } = known;
  const of = (names: readonly PortName[]): PortHabits[] => names.flatMap((name) => habits[name] ?? []);
  const mine = of(port === undefined ? PORT_NAMES : [port]);
  const main = of(['lower', 'upper']);
  const asked = port === undefined && main.length > 0 ? main : mine;
  const hasDialled = port === undefined ? called.length > 0 : called.includes(port);
  return HABITS[habit]({ mine, main, asked, maxConnections, hasDialled });
}
