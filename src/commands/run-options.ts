import type { Argv } from 'yargs';
import { MOST_CELLS } from '../suite/too-many-cells.ts';
import { TIERS, type Tier } from '../suite/model.ts';
import type { TargetOptions } from '../subject/options.ts';

/** What `run` was told. */
export interface RunArguments extends TargetOptions {
  device?: string;
  fault?: string[];
  suite?: string[];
  group?: string[];
  test?: string[];
  tier: Tier;
  strict?: boolean;
  maxTime?: string;
  jobs?: number;
  seed?: number;
  json?: boolean;
  out?: string;
  keep?: number;
  maxCells?: number;
  yes?: boolean;
  shared?: boolean;
}

/** Options that mean nothing without a value. */
const VALUED = [
  ...['host', 'lower', 'upper', 'query', 'mos-id', 'ncs-id', 'name', 'profiles', 'revision', 'encoding'],
  ...['path', 'restart', 'parameter', 'fault', 'allow', 'suite', 'group', 'test', 'tier', 'max-time'],
  ...['jobs', 'seed', 'out', 'keep', 'max-cells'],
];

/** Declares the options of `run`. */
export function runOptions(yargs: Argv): Argv<RunArguments> {
  return yargs
    .positional('device', {
      type: 'string',
      describe: 'Device file (YAML); without it and without --host the embedded reference device',
    })
    .option('host', { type: 'string', group: 'Device:', describe: 'Host name or address' })
    .option('lower', { type: 'string', group: 'Device:', describe: 'Lower port, or none' })
    .option('upper', { type: 'string', group: 'Device:', describe: 'Upper port, or none' })
    .option('query', { type: 'string', group: 'Device:', describe: 'Query port, or none' })
    .option('mos-id', { type: 'string', group: 'Device:', describe: "The device's mosID" })
    .option('ncs-id', { type: 'string', group: 'Device:', describe: 'The ncsID that the device knows' })
    .option('name', { type: 'string', group: 'Device:', describe: 'What the report calls it' })
    .option('profiles', { type: 'string', group: 'Device:', describe: 'Claimed profiles, such as 0,1,2' })
    .option('revision', { type: 'string', group: 'Device:', describe: 'Claimed MOS revision, such as 2.8.5' })
    .option('encoding', {
      type: 'string',
      group: 'Device:',
      describe: 'ucs-2be, or what the device declares instead',
    })
    .option('path', {
      type: 'string',
      group: 'Device:',
      describe: 'direct, or proxied where something stands between',
    })
    .option('restart', {
      type: 'string',
      group: 'Device:',
      describe: 'Command that brings a lost device back',
    })
    .option('parameter', {
      type: 'string',
      array: true,
      alias: 'p',
      group: 'Device:',
      describe: 'NAME=VALUE, such as releaseTime=2s or connections=16',
    })
    .option('fault', {
      type: 'string',
      array: true,
      group: 'Device:',
      describe: 'Faults of the embedded device, to see them found',
    })
    .option('allow', {
      type: 'string',
      array: true,
      group: 'Permissions:',
      describe: 'load, disruptive, playout',
    })
    .option('yes', {
      type: 'boolean',
      group: 'Permissions:',
      describe: 'The device is not on air; touch it though it is not on this machine',
    })
    .option('shared', {
      type: 'boolean',
      group: 'Permissions:',
      describe: 'Go on although others are connected to the device',
    })
    .option('suite', {
      type: 'string',
      array: true,
      group: 'Selection:',
      describe: 'Suite files or names instead of the built-in ones',
    })
    .option('group', {
      type: 'string',
      array: true,
      group: 'Selection:',
      describe: 'Groups, such as REL or half-close',
    })
    .option('test', {
      type: 'string',
      array: true,
      group: 'Selection:',
      describe: 'Tests, such as REL-02 or REL-02@lower',
    })
    .option('tier', {
      choices: TIERS,
      default: 'standard' as Tier,
      group: 'Selection:',
      describe: 'How much time the tests may take',
    })
    .option('max-cells', {
      type: 'number',
      default: MOST_CELLS,
      group: 'Selection:',
      describe: 'Cells that a grid of a suite may have',
    })
    .option('strict', { type: 'boolean', group: 'Verdict:', describe: 'A failed should counts as a failure' })
    .option('max-time', {
      type: 'string',
      group: 'Verdict:',
      describe: 'End the campaign after this long, with what was found; default 10m, more for slow devices',
    })
    .option('jobs', {
      type: 'number',
      group: 'Verdict:',
      describe: 'Tests that may be under way at once; 1 plays them strictly one after the other',
      defaultDescription: '64, fewer for a device that serves few connections',
    })
    .option('seed', {
      type: 'number',
      group: 'Verdict:',
      describe: 'Seed of everything that is chosen by chance',
    })
    .option('out', {
      type: 'string',
      group: 'Output:',
      describe: "The campaign's folder; default reports/NAME-DATE-TIME",
    })
    .option('keep', {
      type: 'number',
      group: 'Output:',
      describe: 'How many campaigns of this device stay in reports/; older ones are removed',
    })
    .option('json', {
      type: 'boolean',
      group: 'Output:',
      describe: 'Write results.json to stdout and nothing else',
    })
    .requiresArg(VALUED)
    .example('$0 run', 'Certify the embedded reference device')
    .example(
      '$0 run --host 192.0.2.10 --mos-id prompter.mos --ncs-id ncs.mos --yes',
      'A device without a device file',
    )
    .example('$0 run prompter.yaml --tier quick', 'Only the quick tests')
    .example(
      '$0 run --fault close-wait-leak',
      'See what a failing certificate looks like',
    ) as unknown as Argv<RunArguments>;
}
