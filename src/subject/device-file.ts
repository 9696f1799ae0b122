import { z } from 'zod';
import { checkValue } from '../document/check.ts';
import { oneOfKinds } from '../document/kinds.ts';
import { sortProblems, type Problem } from '../document/problem.ts';
import { duration, oneOrMore, size, text, words } from '../document/schemas.ts';
import { didYouMean } from '../document/similar.ts';
import { readYaml, type YamlFile } from '../document/yaml-file.ts';
import { REQUIREMENTS } from '../requirements/catalogue.ts';
import { ENCODINGS } from '../wire/types.ts';
import { REVISIONS } from '../wire/revision.ts';
import { DEFAULT_TIMES, PERMISSIONS, type TimeName } from './target.ts';

/** Shorter times than this measure this machine, not the device; longer ones nobody waits for. */
const SHORTEST_TIME = 10;
const LONGEST_TIME = 3_600_000;

/** What is said about a number that is no port. */
export const PORT_WORDS = 'a port from 1 to 65535';

/** A TCP port. */
const port = z.int({ error: portError }).min(1, { error: portError }).max(65_535, { error: portError });

/** A port, or `none` where the device has none. */
const portOrNone = z.union([port, z.literal('none', { error: portError })]);

const time = duration.refine((ms) => ms >= SHORTEST_TIME && ms <= LONGEST_TIME, {
  error: 'expected a duration from 10ms to 1h',
});

/** What is said about a size that no message may have as its limit. */
export const MESSAGE_SIZE_WORDS = 'a size from 64KiB to 256MiB';

/** Bytes of the largest message that is accepted: larger ones would not fit into a string of this machine. */
export const messageSize = size.refine((bytes) => bytes >= 64 * 1024 && bytes <= 256 * 1024 * 1024, {
  error: `expected ${MESSAGE_SIZE_WORDS}`,
});

const profile = z.int().min(0).max(7);

const waiver = oneOfKinds('waiver', {
  test: z.strictObject({ test: words, reason: words }),
  requirement: z.strictObject({
    requirement: words.refine((id) => REQUIREMENTS.has(id), {
      error: ({ input }) =>
        `unknown requirement "${String(input)}"${didYouMean(String(input), REQUIREMENTS.keys())}`,
    }),
    reason: words,
  }),
});

/** A device file: what the device is (ICS) and what is needed to test it (IXIT). */
const deviceFileSchema = z.strictObject({
  name: words.optional().describe('What reports call the device'),
  host: words.optional().describe('Address or host name'),
  ports: z
    .strictObject({
      lower: portOrNone.optional(),
      upper: portOrNone.optional(),
      query: portOrNone.optional(),
    })
    .optional()
    .describe('The ports that the device declares; lower 10540 and upper 10541 without it'),
  mosId: words.optional().describe('The mosID of the device'),
  ncsId: words.optional().describe('The ncsID that the device expects of the newsroom'),
  otherNcsId: words.optional().describe('The ncsID of a second newsroom that the device is configured for'),
  revision: text.pipe(z.enum(REVISIONS)).optional().describe('The MOS revision'),
  encoding: z.enum(ENCODINGS).optional().describe('What the device sends and understands'),
  profiles: z.array(profile).optional().describe('The profiles that the device claims'),
  limits: z
    .strictObject({
      connections: z.int().min(1).max(100_000).optional(),
      messageSize: messageSize.optional(),
    })
    .optional()
    .describe('What the device can take at once, and how large a message it may send'),
  parameters: z
    .strictObject(
      Object.fromEntries(Object.keys(DEFAULT_TIMES).map((name) => [name, time.optional()])) as Record<
        TimeName,
        z.ZodOptional<typeof time>
      >,
    )
    .optional()
    .describe('Times of the run that differ from the defaults'),
  allow: oneOrMore(z.enum(PERMISSIONS)).optional().describe('What a campaign may do beyond gentle traffic'),
  restart: words.optional().describe('A command that brings the device back'),
  path: z
    .enum(['direct', 'proxied'])
    .optional()
    .describe('Whether something stands between us and the device'),
  listen: z
    .strictObject({ lower: port.optional(), upper: port.optional() })
    .optional()
    .describe('Our own ports for a device that dials the newsroom'),
  waive: z.array(waiver).optional().describe('What is not held against the device, each with its reason'),
});

/** A device file as written, with its numbers made of its words. */
export type DeviceFile = z.output<typeof deviceFileSchema>;

/** The keys by which a device file is recognised. */
export const DEVICE_KEYS: readonly string[] = Object.keys(deviceFileSchema.shape);

/** A device file that was read, or everything that is wrong with it. */
export interface DeviceFileReading {
  device?: DeviceFile;
  /** For problems that show only together with other settings. */
  file?: YamlFile;
  problems: Problem[];
}

/** Reads and checks a device file; nothing is thrown. */
export function readDeviceFile(path: string): DeviceFileReading {
  const { file, problems } = readYaml(path);
  return file ? readDeviceFrom(file) : { problems };
}

/** Reads and checks a device file whose YAML is already in memory. */
export function readDeviceFrom(file: YamlFile): DeviceFileReading {
  const { value, problems } = checkValue(file, [], file.value, deviceFileSchema);
  const all = sortProblems([...problems, ...samePorts(file, value), ...timesOutOfOrder(file, value)]);
  return value && all.length === 0 ? { device: value, file, problems: [] } : { problems: all };
}

function samePorts(file: YamlFile, device: DeviceFile | undefined): Problem[] {
  const seen = new Map<number, string>();
  return Object.entries(device?.ports ?? {}).flatMap(([name, number]) => {
    if (typeof number !== 'number') return [];
    const other = seen.get(number);
    seen.set(number, name);
    return other === undefined
      ? []
      : [file.problem(['ports', name], `port ${number} is the ${other} port already`)];
  });
}

function timesOutOfOrder(file: YamlFile, device: DeviceFile | undefined): Problem[] {
  const { releaseTime = DEFAULT_TIMES.releaseTime, lateTime = DEFAULT_TIMES.lateTime } =
    device?.parameters ?? {};
  if (lateTime >= releaseTime) return [];
  const name = device?.parameters?.lateTime === undefined ? 'releaseTime' : 'lateTime';
  const text = `lateTime (${lateTime} ms) must not be shorter than releaseTime (${releaseTime} ms)`;
  return [file.problem(['parameters', name], text)];
}

function portError({ input }: { input?: unknown }): string | undefined {
  if (input === undefined) return undefined;
  return `expected ${PORT_WORDS}, got ${typeof input === 'object' ? 'something else' : String(input)}`;
}
