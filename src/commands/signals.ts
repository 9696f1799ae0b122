import type { Writable } from 'node:stream';
import { Interruption } from '../campaign/session.ts';
import { EXIT } from './exit.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns signals and stray exceptions into an early but orderly end of the campaign: its report is still written.
 * A second signal ends the process at once. The result takes the handlers back.
 */
export function catchSignals(controller: AbortController, stream: Writable): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    stream.write(`\n${signal}: finishing the report; once more ends at once\n`);
    controller.abort(new Interruption(`it was interrupted (${signal})`, EXIT.interrupted));
  };
  const onCrash = (error: unknown): void => {
    const text = error instanceof Error ? error.message : String(error);
    controller.abort(new Interruption(`the harness failed: ${text.split('\n')[0]}`, EXIT.internal));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off('uncaughtException', onCrash);
    process.off('unhandledRejection', onCrash);
  };
}
