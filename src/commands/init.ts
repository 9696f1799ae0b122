import { existsSync, writeFileSync } from 'node:fs';
import { duration } from '../document/schemas.ts';
import { printable } from '../document/problem.ts';
import type { PortName } from '../history/facts.ts';
import { whyNot } from '../report/file-problem.ts';
import { addressOf } from '../subject/address.ts';
import { checkOptions, type CheckedOptions } from '../subject/options.ts';
import { DEFAULT_PORTS } from '../subject/resolve.ts';
import type { Command } from './command.ts';
import { deviceFileText } from './device-file-text.ts';
import { EXIT, UsageError } from './exit.ts';
import { getToKnow, type Acquaintance } from './get-to-know.ts';
import { STANDARD, type Surroundings } from './surroundings.ts';

/** The query port is looked for, though only a device with profile 3 has one. */
const LOOKED_FOR: Partial<Record<PortName, number>> = { ...DEFAULT_PORTS, query: 10_542 };

/** What `init` was told. */
export interface InitArguments {
  host: string;
  lower?: string | number | undefined;
  upper?: string | number | undefined;
  query?: string | number | undefined;
  mosId?: string | undefined;
  ncsId?: string | undefined;
  name?: string | undefined;
  wait?: string | undefined;
  out?: string | undefined;
  force?: boolean | undefined;
}

/** `init`: looks at a device gently and writes a device file for it. */
export const initCommand: Command<InitArguments> = {
  builder: (yargs) =>
    yargs
      .positional('host', {
        type: 'string',
        demandOption: true,
        describe: 'Address or host name of the device',
      })
      .option('lower', { type: 'string', describe: 'Lower port (10540), or none' })
      .option('upper', { type: 'string', describe: 'Upper port (10541), or none' })
      .option('query', { type: 'string', describe: 'Query port (10542), or none' })
      .option('mos-id', {
        type: 'string',
        describe: 'mosID of the device; with the ncsID a heartbeat is sent',
      })
      .option('ncs-id', { type: 'string', describe: 'ncsID that the device expects of the newsroom' })
      .option('name', { type: 'string', describe: 'What reports call the device' })
      .option('wait', {
        type: 'string',
        default: '3s',
        describe: 'How long to wait for a connection or an answer',
      })
      .option('out', { type: 'string', default: 'device.yaml', describe: 'The file to write' })
      .option('force', { type: 'boolean', describe: 'Overwrite the file' })
      .example('$0 init 192.0.2.10', 'See which ports accept connections')
      .example(
        '$0 init prompter.station --mos-id prompter.mos --ncs-id ncs.mos',
        'See whether it answers, too',
      )
      .epilogue(
        'Opens one connection after the other; with both IDs it sends each port at most three heartbeats and a reqMachInfo.',
      ),
  handler: async (given) => {
    process.exitCode = await runInit(given);
  },
};

/** Looks at the device and writes the file; the result is the exit code. */
export async function runInit(given: InitArguments, { out }: Surroundings = STANDARD): Promise<number> {
  const { wait = '3s', out: path = 'device.yaml', host } = given;
  const { checked, problems } = checkOptions(given);
  const waitMs = duration.safeParse(wait);
  if (!waitMs.success) problems.push(`--wait ${wait}: expected a duration such as 3s`);
  if (problems.length > 0 || !waitMs.success) throw new UsageError(problems.join('\n'));
  if (!given.force && existsSync(path)) throw new UsageError(alreadyThere(path));
  const found = await addressOf(host);
  if ('problem' in found) throw new UsageError(found.problem);
  const { mosId, ncsId, name } = checked;
  const ids = { ...(mosId !== undefined && { mosId }), ...(ncsId !== undefined && { ncsId }) };
  const introduction = { address: found.address, ports: portsOf(checked), waitMs: waitMs.data, ...ids };
  const acquaintance = await getToKnow(introduction, (line) => out(printable(line)));
  refuseDeaf(host, acquaintance);
  const text = deviceFileText({
    host,
    address: found.address,
    name,
    mosId,
    ncsId,
    found: acquaintance,
    date: new Date(),
  });
  writeNew(path, text, given.force ?? false);
  out(`${path} written${whatNext(acquaintance, path, mosId, ncsId)}`);
  return EXIT.pass;
}

function portsOf(options: CheckedOptions): Partial<Record<PortName, number>> {
  const given = { lower: options.lower, upper: options.upper, query: options.query };
  const ports = Object.entries({ ...LOOKED_FOR, ...withoutAbsent(given) });
  return Object.fromEntries(
    ports.filter((entry): entry is [PortName, number] => typeof entry[1] === 'number'),
  );
}

function withoutAbsent<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function refuseDeaf(host: string, { ports }: Acquaintance): void {
  const tried = Object.entries(ports);
  if (tried.some(([, { open }]) => open)) return;
  const said = tried.map(([name, { number, text }]) => `${name} port ${number} ${text}`).join(', ');
  throw new UsageError(
    `${host} has no port that accepts connections (${said || 'none was tried'}); no file was written`,
  );
}

function writeNew(path: string, text: string, force: boolean): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(alreadyThere(path));
    throw new UsageError(`${path} cannot be written: ${whyNot(error)}`);
  }
}

function alreadyThere(path: string): string {
  return `${path} exists already; --force overwrites it, --out takes another name`;
}

function whatNext(
  found: Acquaintance,
  path: string,
  mosId: string | undefined,
  ncsId: string | undefined,
): string {
  if (mosId === undefined || ncsId === undefined) return '; fill in mosId and ncsId before a campaign';
  if (found.answers === false) {
    return `, but the device does not answer to mosID ${mosId} and ncsID ${ncsId}; check both configurations`;
  }
  return `; next: mos-conformance run ${path}`;
}
