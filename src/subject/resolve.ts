import { MESSAGE_SIZE } from '../wire/framer.ts';
import { formatProblem } from '../document/problem.ts';
import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { addressOf, isLoopback, type Lookup } from './address.ts';
import { readDeviceFile, type DeviceFile } from './device-file.ts';
import { checkOptions, type CheckedOptions, type TargetOptions } from './options.ts';
import { DEFAULT_TIMES, PERMISSIONS, type Permission, type Target, type TimeName } from './target.ts';

/** The ports of MOS 2.8.5 section 2.1, declared where nothing else is. */
export const DEFAULT_PORTS: Partial<Record<PortName, number>> = { lower: 10_540, upper: 10_541 };

/** Most connections at once, where the device file sets no limit. */
const DEFAULT_CONNECTIONS = 64;

/** A target, or why there is none: lines for a person, with excerpts of the device file. */
export type Resolution = { target: Target; problems: [] } | { target?: undefined; problems: string[] };

/**
 * The device of a campaign: its device file (where there is one), overridden by options, with the host name
 * resolved once. Every problem is found at once and nothing is thrown; nothing is sent to the device.
 */
export async function resolveTarget(
  path: string | undefined,
  options: TargetOptions,
  find?: Lookup,
): Promise<Resolution> {
  const reading = path === undefined ? { device: {}, problems: [] } : readDeviceFile(path);
  const { checked, problems: optionProblems } = checkOptions(options);
  const problems = [...reading.problems.map(formatProblem), ...optionProblems];
  if (reading.device === undefined || problems.length > 0) return { problems };
  return compose(reading.device, checked, options.embedded ?? false, path, find);
}

async function compose(
  file: DeviceFile,
  options: CheckedOptions,
  embedded: boolean,
  path: string | undefined,
  find: Lookup | undefined,
): Promise<Resolution> {
  const host = options.host ?? file.host;
  const { mosId = file.mosId, ncsId = file.ncsId } = options;
  const ports = declaredPorts(file, options);
  const times = timesOf(file, options);
  const found =
    host === undefined
      ? { problem: 'no device: its host is missing; give "host" in a device file, or --host' }
      : await addressOf(host, find);
  const problems = [...portProblems(ports), ...timeProblems(times)];
  if ('problem' in found) problems.unshift(found.problem);
  if (mosId === undefined || ncsId === undefined) problems.push(missingIds(mosId, ncsId));
  if (
    'problem' in found ||
    host === undefined ||
    mosId === undefined ||
    ncsId === undefined ||
    problems.length > 0
  ) {
    return { problems };
  }
  const { connections = file.limits?.connections, messageSize = file.limits?.messageSize } = options;
  const { restart = file.restart, otherNcsId = file.otherNcsId } = options;
  const target: Target = {
    name: options.name ?? file.name ?? host,
    host,
    address: found.address,
    ports,
    mosId,
    ncsId,
    ...(otherNcsId !== undefined && { otherNcsId }),
    revision: options.revision ?? file.revision ?? '2.8.5',
    encoding: options.encoding ?? file.encoding ?? 'ucs-2be',
    profiles: [...new Set(options.profiles ?? file.profiles ?? [])].toSorted((a, b) => a - b),
    maxConnections: connections ?? DEFAULT_CONNECTIONS,
    messageSize: messageSize ?? MESSAGE_SIZE,
    times,
    given: givenNames(file, options, { connections, messageSize }),
    permissions: permissionsOf(file, options, found.address, embedded),
    ...(restart !== undefined && { restart }),
    path: options.path ?? file.path ?? 'direct',
    ...(file.listen && { listen: withoutUndefined(file.listen) }),
    ...(file.waive && file.waive.length > 0 && { waived: file.waive }),
    embedded,
    ...(path !== undefined && { file: path.replaceAll('\\', '/') }),
  };
  return { target, problems: [] };
}

/**
 * The ports that are declared: those given, `none` taking one away. Where neither lower nor upper is given, the
 * usual two are declared: a query port alone says nothing about them.
 */
function declaredPorts(file: DeviceFile, options: CheckedOptions): Partial<Record<PortName, number>> {
  const given: Partial<Record<PortName, number | 'none'>> = withoutUndefined({ ...file.ports });
  for (const name of PORT_NAMES) if (options[name] !== undefined) given[name] = options[name];
  const usual = typeof given.lower === 'number' || typeof given.upper === 'number' ? {} : DEFAULT_PORTS;
  const all = Object.entries({ ...usual, ...given });
  return Object.fromEntries(all.filter((entry): entry is [PortName, number] => entry[1] !== 'none'));
}

function portProblems(ports: Partial<Record<PortName, number>>): string[] {
  const numbers = Object.values(ports);
  if (numbers.length === 0) return ['the device declares no port at all'];
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  return twice === undefined ? [] : [`port ${twice} cannot be two ports of the device`];
}

function timesOf(file: DeviceFile, options: CheckedOptions): Record<TimeName, number> {
  return { ...DEFAULT_TIMES, ...withoutUndefined({ ...file.parameters }), ...options.times };
}

function timeProblems({ releaseTime, lateTime }: Record<TimeName, number>): string[] {
  if (lateTime >= releaseTime) return [];
  return [`lateTime (${lateTime} ms) must not be shorter than releaseTime (${releaseTime} ms)`];
}

function missingIds(mosId: string | undefined, ncsId: string | undefined): string {
  const missing = [mosId === undefined && 'mosId (--mos-id)', ncsId === undefined && 'ncsId (--ncs-id)'];
  const named = missing.filter(Boolean).join(' and ');
  return `${named} must be given: a device answers only to the IDs in its own configuration`;
}

function permissionsOf(
  file: DeviceFile,
  options: CheckedOptions,
  address: string,
  embedded: boolean,
): ReadonlySet<Permission> {
  if (embedded) return new Set(PERMISSIONS);
  const local: Permission[] = isLoopback(address) ? ['load', 'disruptive'] : [];
  return new Set([...local, ...(file.allow ?? []), ...(options.allow ?? [])]);
}

function givenNames(
  file: DeviceFile,
  options: CheckedOptions,
  limits: Readonly<Record<string, number | undefined>>,
): ReadonlySet<string> {
  const times = [...Object.keys(withoutUndefined({ ...file.parameters })), ...Object.keys(options.times)];
  return new Set([...times, ...Object.keys(withoutUndefined(limits))]);
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
