import type { Writable } from 'node:stream';
import { Interruption } from '../campaign/session.ts';
import { EXIT } from './exit.ts';
import { onCrash } from './last-resort.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** ms in which signals count as one: `npm start` hands on a Ctrl-C that the terminal has sent already. */
const SAME_MS = 1_000;

/**
 * Turns signals and stray exceptions into an early but orderly end of the campaign: its report is still written.
 * A second signal, a second later or more, ends the process at once. The result takes the handlers back.
 */
export function catchSignals(controller: AbortController, stream: Writable): () => void {
  let firstMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    if (firstMs !== undefined) {
      if (nowMs - firstMs >= SAME_MS) process.exit(EXIT.interrupted);
      return;
    }
    firstMs = nowMs;
    stream.write(`\n${signal}: finishing the report; once more ends at once\n`);
    controller.abort(
      new Interruption(`the campaign was interrupted (${signal})`, { exitCode: EXIT.interrupted }),
    );
  };
  const forgetCrash = onCrash((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    controller.abort(
      new Interruption(`the harness failed: ${text.split('\n')[0]}`, { exitCode: EXIT.internal }),
    );
  });
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    forgetCrash();
    // Its echo, a moment later, must not kill a process that is about to end by itself.
    if (firstMs === undefined) for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
