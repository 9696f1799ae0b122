import type { Argv, CommandModule } from 'yargs';
import type { Command } from './command.ts';

/** Every command of the command line, in the order in which the help lists them. */
export const COMMANDS: readonly CommandModule<object, never>[] = [
  lazily(
    'run [device]',
    'Certify a device and write the report',
    async () => (await import('./run.ts')).runCommand,
  ),
  lazily(
    'report <dir>',
    'Make the reports of a campaign from its history, also of one that was killed',
    async () => (await import('./report.ts')).reportCommand,
  ),
  lazily(
    'init <host>',
    'Look at a device gently and write a commented device file for it',
    async () => (await import('./init.ts')).initCommand,
  ),
  lazily(
    'list',
    'List groups, suites and tests with tier, ports, permissions and requirements',
    async () => (await import('./list.ts')).listCommand,
  ),
  lazily(
    'explain <id>',
    'Explain a test, a requirement, a fault and its remedy, a group, a parameter or a word',
    async () => (await import('./explain.ts')).explainCommand,
  ),
  lazily(
    'check <files..>',
    'Check suites and device files: every problem at once, with its place',
    async () => (await import('./check.ts')).checkCommand,
  ),
  lazily(
    'device',
    'Run the embedded reference device on its own, with faults switched on by name',
    async () => (await import('./device.ts')).deviceCommand,
  ),
  lazily(
    'watch <host>',
    "Show the sockets between this host and a device's MOS ports as they change",
    async () => (await import('./watch.ts')).watchCommand,
  ),
  lazily(
    'diagnose <table> [device]',
    'Join the netstat or ss output of the newsroom and of the device and name what is stuck',
    async () => (await import('./diagnose.ts')).diagnoseCommand,
  ),
];

/** A command of which nothing but its name and one line is known until somebody asks for it. */
function lazily<T>(
  command: string,
  describe: string,
  load: () => Promise<Command<T>>,
): CommandModule<object, never> {
  const module: CommandModule<object, T> = {
    command,
    describe,
    builder: (async (yargs: Argv) => (await load()).builder(yargs)) as CommandModule<object, T>['builder'],
    handler: async (given) => (await load()).handler(given),
  };
  return module as unknown as CommandModule<object, never>;
}
