#!/usr/bin/env node
import yargs, { type CommandModule } from 'yargs';
import { hideBin } from 'yargs/helpers';
import { toolVersion } from './campaign/results.ts';
import { checkCommand } from './commands/check.ts';
import { explainMisunderstanding } from './commands/command-line.ts';
import { deviceCommand } from './commands/device.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { EXIT, UsageError } from './commands/exit.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { guardAgainstCrashes, internalError } from './commands/last-resort.ts';
import { listCommand } from './commands/list.ts';
import { runCommand } from './commands/run.ts';
import { guardStandardStreams } from './commands/standard-output.ts';
import { watchCommand } from './commands/watch.ts';

guardStandardStreams();
guardAgainstCrashes();

const COMMANDS = [
  runCommand,
  initCommand,
  listCommand,
  explainCommand,
  checkCommand,
  deviceCommand,
  watchCommand,
  diagnoseCommand,
] as unknown as CommandModule[];

/** A command line that yargs did not understand. */
class NotUnderstood extends Error {}

const words = hideBin(process.argv);
const cli = yargs(words)
  .scriptName('mos-conformance')
  .usage(
    '$0 COMMAND [options]\n\nCertifies MOS devices: plays the newsroom computer system and watches the sockets.',
  )
  .command(COMMANDS)
  .demandCommand(1, 'Say what to do: "mos-conformance run" certifies a device; --help lists the commands.')
  .recommendCommands()
  .strict()
  .version(toolVersion())
  .alias('help', 'h')
  .epilogue(
    'Exit codes: 0 pass, 1 fail, 2 usage or configuration, 3 inconclusive or incomplete, 4 internal error, 130 interrupted.',
  )
  .wrap(Math.min(110, process.stdout.columns ?? 100))
  .fail((message, error) => {
    if (error && error.name !== 'YError') throw error;
    throw new NotUnderstood(message || error?.message || 'the command line cannot be understood');
  });

/** One clear sentence for each thing that is wrong; the exit code of whose doing it is. */
async function complain(error: unknown): Promise<void> {
  if (error instanceof NotUnderstood) {
    const commands = COMMANDS.map(({ command }) => String(command).split(' ')[0] ?? '');
    const help = await cli.getHelp();
    process.stderr.write(`${explainMisunderstanding({ message: error.message, words, help, commands })}\n`);
    process.exitCode = EXIT.usage;
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else {
    process.stderr.write(internalError(error));
    process.exitCode = EXIT.internal;
  }
}

try {
  await cli.parseAsync();
} catch (error) {
  await complain(error);
}
