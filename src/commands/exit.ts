import { EXIT } from '../campaign/exit-code.ts';

export { EXIT } from '../campaign/exit-code.ts';

/** Something that the user can put right, said in clear sentences; it ends a command without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode: number = EXIT.usage;
}
