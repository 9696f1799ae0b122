import { EXIT } from './exit.ts';

/** Takes an exception that nobody caught. */
export type CrashHandler = (error: unknown) => void;

let handler: CrashHandler = endAtOnce;

/** One line about an error of any kind; the stack is shown to those who ask for it by MOS_CONFORMANCE_DEBUG. */
export function internalError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const stack = process.env['MOS_CONFORMANCE_DEBUG'] && error instanceof Error ? `${error.stack}\n` : '';
  return `Internal error: ${text.split('\n')[0] || 'without a reason'}\n${stack}`;
}

function endAtOnce(error: unknown): void {
  process.stderr.write(internalError(error));
  process.exit(EXIT.internal);
}

/** From now on an exception that nobody caught is one line and exit code 4, never a stack trace. */
export function guardAgainstCrashes(): void {
  process.on('uncaughtException', (error) => handler(error));
  process.on('unhandledRejection', (error) => handler(error));
}

/** Hands such exceptions to somebody who has something to save first; the result takes that back. */
export function onCrash(handle: CrashHandler): () => void {
  handler = handle;
  return () => {
    handler = endAtOnce;
  };
}
