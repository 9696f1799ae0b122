import { formatProblem, sortProblems, type Problem } from '../document/problem.ts';
import { readYaml, type YamlFile } from '../document/yaml-file.ts';
import { findSuites, isBuiltin, shownPath } from '../suite/builtin.ts';
import { clashesOf } from '../suite/read.ts';
import { readSuiteFrom, type SuiteReading } from '../suite/read-suite.ts';
import { SUITE_KEYS } from '../suite/suite-schema.ts';
import { DEVICE_KEYS, readDeviceFrom, type DeviceFile } from '../subject/device-file.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit.ts';
import { STANDARD, type Surroundings } from './surroundings.ts';

/** What `check` was told. */
export interface CheckArguments {
  files: string[];
  json?: boolean | undefined;
}

/** `check`: says what is wrong with suites and device files, without touching a device. */
export const checkCommand: Command<CheckArguments> = {
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Suites, folders of suites, names of built-in suites, or device files',
      })
      .option('json', { type: 'boolean', describe: 'Write the problems as JSON' })
      .example('$0 check prompter.yaml', 'Check a device file')
      .example('$0 check suites/', 'Check every suite in a folder'),
  handler: (given) => {
    process.exitCode = runCheck(given);
  },
};

/** Checks the files; the result is the exit code. */
export function runCheck(given: CheckArguments, { out }: Surroundings = STANDARD): number {
  const checked = findFiles(given.files).map(checkFile);
  const clashes = clashesOf(checked.flatMap(({ reading }) => reading ?? []));
  const problems = sortProblems([...checked.flatMap((one) => one.problems), ...clashes]);
  if (given.json)
    out(JSON.stringify({ ok: problems.length === 0, files: checked.map(summary), problems }, null, 2));
  else {
    for (const one of checked) if (one.problems.length === 0) out(`${one.file}: ok, ${one.about}`);
    for (const problem of problems) out(formatProblem(problem));
    if (problems.length > 0) out(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  }
  return problems.length === 0 ? EXIT.pass : EXIT.usage;
}

interface Checked {
  file: string;
  /** What kind of file it is, and the most important things it says. */
  about: string;
  /** The suite, where it is one. */
  reading?: SuiteReading;
  problems: Problem[];
}

function summary({ file, about, problems }: Checked): object {
  return { file, about, problems: problems.length };
}

function findFiles(wanted: readonly string[]): string[] {
  const { files, problems } = findSuites(wanted);
  if (problems.length > 0)
    throw new UsageError(problems.map((one) => one.replace(/^no suite/, 'no file')).join('\n'));
  return files;
}

function checkFile(path: string): Checked {
  const shown = shownPath(path);
  const { file, problems } = readYaml(path, shown);
  if (!file) return { file: shown, about: 'unreadable', problems };
  const kind = kindOf(file.value);
  if (kind === 'suite') return checkSuite(file, isBuiltin(path));
  if (kind === 'device file') return checkDevice(file);
  const text = 'is neither a suite (suite, group, tests) nor a device file (host, ports, mosId, ncsId)';
  return { file: shown, about: 'unknown', problems: [file.problem([], text)] };
}

function checkSuite(file: YamlFile, builtin: boolean): Checked {
  const reading = readSuiteFrom(file, builtin);
  const { suite, problems } = reading;
  const tests = suite?.tests.length ?? 0;
  const about = suite ? `suite "${suite.title}", ${tests} ${tests === 1 ? 'test' : 'tests'}` : 'suite';
  return { file: file.path, about, problems, reading };
}

function checkDevice(file: YamlFile): Checked {
  const { device, problems } = readDeviceFrom(file);
  return { file: file.path, about: device ? aboutDevice(device) : 'device file', problems };
}

function aboutDevice(device: DeviceFile): string {
  const missing = (['host', 'mosId', 'ncsId'] as const).filter((key) => device[key] === undefined);
  const left = missing.length > 0 ? `; to be given on the command line: ${missing.join(', ')}` : '';
  return `device file${device.name === undefined ? '' : ` of "${device.name}"`}${left}`;
}

/** A file is what most of its keys belong to. */
function kindOf(value: unknown): 'suite' | 'device file' | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const suite = keys.filter((key) => SUITE_KEYS.includes(key)).length;
  const device = keys.filter((key) => DEVICE_KEYS.includes(key)).length;
  const known = Math.max(suite, device);
  if (known === 0 || (known === 1 && keys.length > 2)) return undefined;
  return suite >= device ? 'suite' : 'device file';
}
