#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { explainMisunderstanding } from './commands/command-line.ts';
import { EXIT, UsageError } from './commands/exit.ts';
import { COMMANDS } from './commands/index.ts';
import { guardAgainstCrashes, internalError } from './commands/last-resort.ts';
import { guardStandardStreams } from './commands/standard-output.ts';
import { toolVersion } from './package.ts';

guardStandardStreams();
guardAgainstCrashes();

/** A command line that yargs did not understand. */
class NotUnderstood extends Error {}

const words = hideBin(process.argv);
const cli = yargs(words)
  .scriptName('mos-conformance')
  .usage(
    '$0 COMMAND [options]\n\nCertifies MOS devices: plays the newsroom computer system and watches the sockets.',
  )
  .command([...COMMANDS])
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
