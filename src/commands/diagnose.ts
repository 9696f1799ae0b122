import { readFile, stat } from 'node:fs/promises';
import { decodeText } from '../observe/tables/decode-text.ts';
import { readTable } from '../observe/tables/read-table.ts';
import { painter, wantsColor } from '../report/terminal.ts';
import { visible } from '../report/visible.ts';
import { diagnose, type Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Command } from './command.ts';
import {
  diagnosisForPeople,
  isVoid,
  stuckCount,
  type DiagnoseInput,
  type TableFile,
} from './diagnose-view.ts';
import { orderDoubt, sharedSide } from './diagnose-order.ts';
import { MOS_PORTS, parsePorts } from './ports-option.ts';

/** What the command line may say. */
export interface DiagnoseArguments {
  table: string;
  device?: string | undefined;
  from?: 'ncs' | 'device' | undefined;
  ports?: string | undefined;
  json?: boolean | undefined;
}

/** Where the command writes. */
export interface DiagnoseSurroundings {
  out: (line: string) => void;
  complain: (line: string) => void;
  color: boolean;
}

/** Larger than the table of any host that still works. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** `mos-conformance diagnose`: two pasted socket tables, or one, read for what is stuck and whose fault it is. */
export const diagnoseCommand: Command<DiagnoseArguments> = {
  builder: (yargs) =>
    yargs
      .positional('table', {
        type: 'string',
        demandOption: true,
        describe: "File with the newsroom's netstat -an or ss -tan (or the only table at hand)",
      })
      .positional('device', { type: 'string', describe: "File with the device's" })
      .option('from', {
        choices: ['ncs', 'device'] as const,
        describe: 'Whose host the first table comes from (ncs)',
      })
      .option('ports', { type: 'string', describe: 'Ports of MOS here (10540,10541,10542)' })
      .option('json', { type: 'boolean', describe: 'Write JSON' })
      .example('$0 diagnose newsroom.txt device.txt', 'Both ends: what is stuck, and who does not close')
      .example('$0 diagnose --from device device.txt', 'Only the table of the device')
      .epilogue(
        'Exit codes: 0 nothing is stuck, 1 something is, 2 a file cannot be read, 3 no connection of MOS in it.',
      ),
  handler: async (given) => {
    process.exitCode = await runDiagnose(given, {
      out: (line) => process.stdout.write(`${line}\n`),
      complain: (line) => process.stderr.write(`${line}\n`),
      color: wantsColor(process.stdout),
    });
  },
};

/** Reads, judges and prints; the result is the exit code. Never throws for what a user can get wrong. */
export async function runDiagnose(
  given: DiagnoseArguments,
  surroundings: DiagnoseSurroundings,
): Promise<number> {
  const input = await readInput(given);
  if (typeof input === 'string') {
    surroundings.complain(input);
    return 2;
  }
  const tables = {
    ...(input.ncs && { ncs: input.ncs.table }),
    ...(input.device && { device: input.device.table }),
  };
  const diagnosis = diagnose(tables, input.ports);
  surroundings.out(
    given.json
      ? JSON.stringify(asJson(input, diagnosis), null, 2)
      : diagnosisForPeople(input, diagnosis, painter(surroundings.color)),
  );
  if (stuckCount(diagnosis) > 0) return 1;
  return isVoid(diagnosis) ? 3 : 0;
}

/** What to diagnose, or one sentence about what is wrong with it. */
async function readInput(given: DiagnoseArguments): Promise<DiagnoseInput | string> {
  const ports = given.ports === undefined ? MOS_PORTS : parsePorts(given.ports);
  if (!ports) return `--ports takes ports from 1 to 65535 with commas between, not "${given.ports}".`;
  const first = await readTableFile(given.table);
  if (typeof first === 'string') return first;
  const isDevice = given.from === 'device';
  if (given.device === undefined) {
    return doubted(isDevice ? { device: first, ports } : { ncs: first, ports }, given);
  }
  const second = await readTableFile(given.device);
  if (typeof second === 'string') return second;
  const shared = sharedSide(first.table, second.table);
  if (shared) {
    const { local, remote } = shared;
    const places = `${local.address} port ${local.port} to ${remote.address} port ${remote.port}`;
    return `Both tables come from the same host: each has ${visible(places)}. Give one of them, or the other host's.`;
  }
  return doubted(
    isDevice ? { ncs: second, device: first, ports } : { ncs: first, device: second, ports },
    given,
  );
}

/** The input with what speaks against the roles of its tables, unless the user has named them. */
function doubted(input: DiagnoseInput, { from }: DiagnoseArguments): DiagnoseInput {
  const tables = { ncs: input.ncs?.table, device: input.device?.table };
  const doubt = from === undefined ? orderDoubt(tables, input.ports) : undefined;
  return { ...input, ...(doubt !== undefined && { doubt }) };
}

async function readTableFile(file: string): Promise<TableFile | string> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_FILE) return `${file} is too large to be a socket table (${size} bytes).`;
    bytes = await readFile(file);
  } catch (error) {
    return `${file} cannot be read: ${reason(error)}.`;
  }
  const table = readTable(decodeText(bytes));
  if (table) return { file, table };
  return (
    `${file} holds no socket table that is known: paste the output of "netstat -an" (Windows, macOS, Linux, ` +
    'Solaris) or "ss -tan" into it.'
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'it is a folder',
};

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? (code || 'unknown error');
}

/** The same for programs: an end is a row of a table, `absent` from it, or `unseen` for want of a table. */
function asJson(input: DiagnoseInput, diagnosis: Diagnosis): object {
  const about = (source: TableFile | undefined): object | undefined =>
    source && { file: source.file, format: source.table.format, sockets: source.table.rows.length };
  return {
    schemaVersion: 1,
    ncs: about(input.ncs),
    device: about(input.device),
    ports: input.ports,
    stuck: stuckCount(diagnosis),
    ...diagnosis,
    notes: [...(input.doubt === undefined ? [] : [input.doubt]), ...diagnosis.notes],
  };
}
