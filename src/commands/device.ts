import { isIP } from 'node:net';
import { createDevice } from '../device/device.ts';
import {
  DeviceError,
  type DeviceOptions,
  type NcsAddress,
  type RunningDevice,
  UnknownVariation,
} from '../device/options.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { closest } from '../document/similar.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit.ts';
import { STANDARD, type Surroundings } from './surroundings.ts';
import { variationsAsJson, variationsForPeople } from './variations.ts';

/** What the command line may say. */
export interface DeviceArguments {
  fault?: string[] | undefined;
  habit?: string[] | undefined;
  listFaults?: boolean | undefined;
  host?: string | undefined;
  lower?: number | undefined;
  upper?: number | undefined;
  query?: number | undefined;
  mosId?: string | undefined;
  ncsId?: string[] | undefined;
  ncs?: string[] | undefined;
  heartbeatEvery?: number | undefined;
  redialAfter?: number | undefined;
  answerTime?: number | undefined;
  json?: boolean | undefined;
}

/** Where the command writes and what ends it. */
export interface DeviceSurroundings extends Surroundings {
  /** Resolves when the user wants the device to stop. */
  stopped: () => Promise<void>;
}

/** `mos-conformance device`: the embedded reference device on its own, with faults where asked for. */
export const deviceCommand: Command<DeviceArguments> = {
  builder: (yargs) =>
    yargs
      .option('fault', { type: 'string', array: true, describe: 'Fault to switch on, NAME or NAME=VALUE' })
      .option('habit', {
        type: 'string',
        array: true,
        describe: 'Correct but unusual habit, NAME or NAME=VALUE',
      })
      .option('list-faults', { type: 'boolean', describe: 'List faults and habits and exit' })
      .option('host', { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' })
      .option('lower', { type: 'number', describe: 'Lower port; a free one without it' })
      .option('upper', { type: 'number', describe: 'Upper port; a free one without it' })
      .option('query', { type: 'number', describe: 'Query port; a free one without it' })
      .option('mos-id', { type: 'string', describe: 'Own mosID (reference.device.mos)' })
      .option('ncs-id', { type: 'string', array: true, describe: 'ncsID of the newsroom (conformance.ncs)' })
      .option('ncs', {
        type: 'string',
        array: true,
        describe: 'HOST:PORT of the newsroom to dial: its lower port, then its upper port',
      })
      .option('heartbeat-every', { type: 'number', describe: 'ms between own heartbeats (10000)' })
      .option('redial-after', {
        type: 'number',
        describe: 'ms before a lost newsroom is dialled again (1000)',
      })
      .option('answer-time', {
        type: 'number',
        describe: 'ms that an answer may take before the request is repeated (15000)',
      })
      .option('json', { type: 'boolean', describe: 'Write one line of JSON when ready' }),
  handler: (given) => runDevice(given, { ...STANDARD, stopped: untilSignal }),
};

/**
 * Runs the device until it is stopped.
 * @throws UsageError, in one sentence, for what it cannot be
 */
export async function runDevice(given: DeviceArguments, { out, stopped }: DeviceSurroundings): Promise<void> {
  if (given.listFaults) {
    out(given.json ? variationsAsJson() : variationsForPeople());
    return;
  }
  const device = await start(given);
  out(given.json ? JSON.stringify(describe(device, given)) : sentence(device, given));
  await stopped();
  await device.stop();
}

async function start(given: DeviceArguments): Promise<RunningDevice> {
  try {
    return await createDevice({ ...optionsFrom(given), exit: () => process.exit(EXIT.fail) });
  } catch (error) {
    throw error instanceof DeviceError ? new UsageError(complaint(error)) : error;
  }
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    // Where a campaign has started it, the channel between the two breaks when the campaign dies; until then it
    // keeps this process alive.
    process.once('disconnect', () => resolve());
    const end = (): void => {
      if (process.connected) process.disconnect();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  });
}

function optionsFrom(given: DeviceArguments): DeviceOptions {
  const ports: NonNullable<DeviceOptions['ports']> = {};
  for (const name of PORT_NAMES) {
    const port = given[name];
    if (port === undefined) continue;
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new DeviceError(`--${name} takes a port between 1 and 65535`);
    }
    const other = PORT_NAMES.find((one) => ports[one] === port);
    if (other !== undefined) throw new DeviceError(`--${other} and --${name} are both ${port}`);
    ports[name] = port;
  }
  const options: DeviceOptions = { ports, faults: words(given.fault), habits: words(given.habit) };
  if (given.host !== undefined) options.host = given.host;
  if (given.mosId !== undefined) options.mosId = given.mosId;
  if (given.ncsId !== undefined && given.ncsId.length > 0) options.ncsId = given.ncsId;
  if (given.ncs !== undefined && given.ncs.length > 0)
    options.ncs = { ...ncsAddress(given.ncs), ...ncsTimes(given) };
  return options;
}

/** `--fault a b`, `--fault a --fault b` and `--fault a,b` are the same. */
function words(given: string[] | undefined): string[] {
  return (given ?? []).flatMap((word) => word.split(',')).filter((word) => word !== '');
}

function ncsAddress(given: string[]): NcsAddress {
  const places = given
    .flatMap((word) => word.split(','))
    .map((word) => {
      const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(word) ?? [];
      const host = bracketed ?? plain;
      const port = Number(digits);
      if (
        host === undefined ||
        port < 1 ||
        port > 65_535 ||
        (bracketed !== undefined && isIP(bracketed) !== 6)
      ) {
        throw new DeviceError(`--ncs takes HOST:PORT, not "${word}"; an IPv6 address stands in brackets`);
      }
      return { host, port };
    });
  const [lower, upper, more] = places;
  if (!lower || more || (upper && upper.host !== lower.host)) {
    throw new DeviceError(
      '--ncs takes one newsroom: HOST:PORT of its lower port, then HOST:PORT of its upper port',
    );
  }
  return { host: lower.host, lower: lower.port, ...(upper && { upper: upper.port }) };
}

function ncsTimes(given: DeviceArguments): Partial<NcsAddress> {
  const times: Partial<NcsAddress> = {};
  for (const name of ['heartbeatEvery', 'redialAfter', 'answerTime'] as const) {
    const time = given[name];
    if (time === undefined) continue;
    if (!(time >= 1)) throw new DeviceError('the times of --ncs are numbers of milliseconds from 1');
    times[name] = time;
  }
  return times;
}

function complaint(error: DeviceError): string {
  if (!(error instanceof UnknownVariation)) return `${error.message}.`;
  const meant = closest(error.wanted, error.known);
  const hint =
    meant === undefined ? '"mos-conformance device --list-faults" lists them' : `did you mean "${meant}"?`;
  return `${error.message}; ${hint}`;
}

function describe(device: RunningDevice, given: DeviceArguments): object {
  const { address, ports, mosId, ncsId } = device;
  return {
    address,
    ports,
    mosId,
    ncsId,
    faults: words(given.fault),
    habits: words(given.habit),
    pid: process.pid,
  };
}

function sentence(device: RunningDevice, given: DeviceArguments): string {
  const ports = Object.entries(device.ports).map(([name, port]) => `${name} ${port}`);
  const faults = words(given.fault).join(', ') || 'none';
  const habits = words(given.habit);
  return (
    `Device ready on ${device.address}: ${ports.join(', ')}; mosID ${device.mosId}, ncsID ${device.ncsId}; ` +
    `faults: ${faults}${habits.length > 0 ? `; habits: ${habits.join(', ')}` : ''}`
  );
}
