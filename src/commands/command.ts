import type { Argv, ArgumentsCamelCase } from 'yargs';

/** What a command takes and does; loaded when it is used. */
export interface Command<T> {
  builder: (yargs: Argv) => Argv<T>;
  handler: (given: ArgumentsCamelCase<T>) => void | Promise<void>;
}
