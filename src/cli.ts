#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { toolVersion } from './campaign/results.ts';
import { checkCommand } from './commands/check.ts';
import { deviceCommand } from './commands/device.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { EXIT, UsageError } from './commands/exit.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { runCommand } from './commands/run.ts';
import { watchCommand } from './commands/watch.ts';

/** A reader that closes our pipe early (`| head`) is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.pass);
  throw error;
});

const cli = yargs(hideBin(process.argv))
  .scriptName('mos-conformance')
  .usage(
    '$0 COMMAND [options]\n\nCertifies MOS devices: plays the newsroom computer system and watches the sockets.',
  )
  .command(runCommand)
  .command(initCommand)
  .command(listCommand)
  .command(explainCommand)
  .command(checkCommand)
  .command(deviceCommand)
  .command(watchCommand)
  .command(diagnoseCommand)
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
    if (error && !(error instanceof UsageError) && error.name !== 'YError') throw error;
    throw new UsageError(message || error?.message || 'the command line cannot be understood');
  });

try {
  await cli.parseAsync();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.usage;
  } else {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Internal error: ${text.split('\n')[0]}\n`);
    if (process.env['MOS_CONFORMANCE_DEBUG'] && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    process.exitCode = EXIT.internal;
  }
}
