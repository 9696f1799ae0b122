import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { addressOf, isLoopback } from '../../src/subject/address.ts';
import { resolveTarget } from '../../src/subject/resolve.ts';
import type { TargetOptions } from '../../src/subject/options.ts';
import { DEFAULT_TIMES, type Target } from '../../src/subject/target.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'target-'));
const ids = { mosId: 'm', ncsId: 'n' };

function file(yaml: string): string {
  const where = path.join(folder, 'device.yaml');
  writeFileSync(where, yaml);
  return where;
}

async function target(yaml: string | undefined, options: TargetOptions = {}): Promise<Target> {
  const resolution = await resolveTarget(yaml === undefined ? undefined : file(yaml), options, () =>
    Promise.resolve([{ address: '192.0.2.7' }, { address: '192.0.2.8' }]),
  );
  if (!resolution.target) throw new Error(resolution.problems.join('\n'));
  return resolution.target;
}

async function problems(yaml: string | undefined, options: TargetOptions = {}): Promise<string[]> {
  const resolution = await resolveTarget(yaml === undefined ? undefined : file(yaml), options, () =>
    Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
  );
  return resolution.problems.map((one) => one.split('\n')[0]!.replace(/^.*device\.yaml:/, ''));
}

const full = `
name: Prompter
host: 127.0.0.1
ports: { lower: 5001, upper: 5002, query: none }
mosId: prompter.mos
ncsId: 12
revision: 2.6
encoding: utf-8
profiles: [2, 0, 0]
limits: { connections: 16, messageSize: 1MiB }
parameters: { releaseTime: 2s }
allow: playout
restart: ./restart
path: proxied
listen: { upper: 5009 }
waive:
  - { test: REL-08, reason: slow by design }
  - { requirement: SOCK-REL-08, reason: known }
`;

after(() => rmSync(folder, { recursive: true }));

describe('the device of a campaign', () => {
  it('comes from a device file', async () => {
    const { file: path_, ...rest } = await target(full);
    expect(path_).to.contain('device.yaml');
    expect(rest).to.deep.equal({
      name: 'Prompter',
      host: '127.0.0.1',
      address: '127.0.0.1',
      ports: { lower: 5001, upper: 5002 },
      mosId: 'prompter.mos',
      ncsId: '12',
      revision: '2.6',
      encoding: 'utf-8',
      profiles: [0, 2],
      maxConnections: 16,
      messageSize: 1_048_576,
      times: { ...DEFAULT_TIMES, releaseTime: 2_000 },
      given: new Set(['releaseTime', 'connections', 'messageSize']),
      permissions: new Set(['load', 'disruptive', 'playout']),
      restart: './restart',
      path: 'proxied',
      listen: { upper: 5009 },
      waived: [
        { test: 'REL-08', reason: 'slow by design' },
        { requirement: 'SOCK-REL-08', reason: 'known' },
      ],
      embedded: false,
    });
  });

  it('is what options say where they say something', async () => {
    const made = await target(full, {
      name: 'Other',
      host: '::1',
      lower: 'none',
      upper: '6002',
      query: 6003,
      mosId: 'x',
      profiles: '0,1',
      revision: '2.8.5',
      encoding: 'ucs-2be',
      allow: ['load'],
      path: 'direct',
      parameter: ['releaseTime=3s', 'connections=8', 'messageSize=128KiB', 'lateTime=1m'],
    });
    expect(made).to.deep.include({
      name: 'Other',
      address: '::1',
      ports: { upper: 6002, query: 6003 },
      mosId: 'x',
    });
    expect(made).to.deep.include({
      profiles: [0, 1],
      revision: '2.8.5',
      encoding: 'ucs-2be',
      path: 'direct',
    });
    expect(made.times).to.include({ releaseTime: 3_000, lateTime: 60_000 });
    expect(made.maxConnections).to.equal(8);
    expect(made.messageSize).to.equal(131_072);
    expect(made.given).to.deep.equal(new Set(['releaseTime', 'lateTime', 'connections', 'messageSize']));
  });

  it('needs no file', async () => {
    const made = await target(undefined, { host: '127.0.0.1', ...ids });
    expect(made).to.include({
      name: '127.0.0.1',
      revision: '2.8.5',
      encoding: 'ucs-2be',
      maxConnections: 64,
    });
    expect(made.ports).to.deep.equal({ lower: 10_540, upper: 10_541 });
    expect(made).not.to.have.any.keys('file', 'restart', 'listen', 'waived');
  });

  it('declares the ports that are given, the usual two where neither is', async () => {
    const ports = async (options: TargetOptions): Promise<object> =>
      (await target(undefined, { host: '127.0.0.1', ...ids, ...options })).ports;
    expect(await ports({ upper: 6001 })).to.deep.equal({ upper: 6001 });
    expect(await ports({ query: 6003 })).to.deep.equal({ lower: 10_540, upper: 10_541, query: 6003 });
    expect(await ports({ lower: 'none' })).to.deep.equal({ upper: 10_541 });
    expect(
      await problems(undefined, { host: '127.0.0.1', ...ids, lower: 'none', upper: 'none' }),
    ).to.deep.equal(['the device declares no port at all']);
  });

  it('resolves a host name once and pins its first address', async () => {
    const made = await target(undefined, { host: 'prompter.station', ...ids });
    expect(made).to.include({ host: 'prompter.station', address: '192.0.2.7' });
    expect([...made.permissions]).to.deep.equal([]);
  });

  it('grants load and disruptive on loopback, everything to the embedded device', async () => {
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', '[::1]', '::ffff:127.0.0.1']) {
      const made = await target(undefined, { host, ...ids });
      expect(made.permissions, host).to.deep.equal(new Set(['load', 'disruptive']));
    }
    const embedded = await target(undefined, { host: '127.0.0.1', ...ids, embedded: true });
    expect(embedded.permissions).to.deep.equal(new Set(['load', 'disruptive', 'playout']));
    expect(isLoopback('::ffff:10.0.0.1')).to.equal(false);
  });
});

describe('problems of a device', () => {
  it('are all found at once in the file, with their places', async () => {
    const yaml = `host: x
ports: { lower: 0, upper: 70000, qery: 5 }
revision: 2.9
profiles: [9]
parameters: { releaseTime: 5, replyTime: 1ms }
limits: { connections: 0 }
waive: [{ test: A-1 }, { requirement: SOCK-REL-1, reason: r }]
`;
    expect(await problems(yaml)).to.deep.equal([
      '2:17 expected a port from 1 to 65535, got 0',
      '2:27 expected a port from 1 to 65535, got 70000',
      '2:34 unknown key "qery"; did you mean "query"?',
      '3:11 "2.9" is not one of 2.6, 2.8.0, 2.8.1, 2.8.2, 2.8.3, 2.8.4, 2.8.5; did you mean "2.6"?',
      '4:12 expected at most 7, got 9',
      '5:28 expected a duration such as 5s, 300ms or 2m, got "5"',
      '5:42 expected a duration from 10ms to 1h',
      '6:24 expected at least 1, got 0',
      '7:9 missing key "reason"',
      '7:39 unknown requirement "SOCK-REL-1"; did you mean "SOCK-REL-01"?',
    ]);
    expect(await problems('ports: { lower: 5, upper: 5 }')).to.deep.equal([
      '1:27 port 5 is the lower port already',
    ]);
    expect(await problems('parameters: { lateTime: 1s }')).to.deep.equal([
      '1:25 lateTime (1000 ms) must not be shorter than releaseTime (5000 ms)',
    ]);
  });

  it('are found in options, each named', async () => {
    const options = {
      host: '127.0.0.1',
      ...ids,
      lower: '70000',
      upper: 0,
      profiles: '0,9',
      revision: '2.9',
      allow: 'lod',
    };
    expect(
      await problems(undefined, {
        ...options,
        parameter: ['x', 'relaseTime=1s', 'connections=a', 'messageSize=1GiB', 'idleTime=5'],
      }),
    ).to.deep.equal([
      '--lower 70000: expected a port from 1 to 65535',
      '--upper 0: expected a port from 1 to 65535',
      '--revision 2.9: "2.9" is not one of 2.6, 2.8.0, 2.8.1, 2.8.2, 2.8.3, 2.8.4, 2.8.5; did you mean "2.6"?',
      '--profiles 0,9: expected profiles from 0 to 7, such as 0,1,2',
      '--allow lod: "lod" is not one of load, disruptive, playout; did you mean "load"?',
      '--parameter x: expected NAME=VALUE, such as releaseTime=2s',
      '--parameter relaseTime=1s: unknown parameter "relaseTime"; did you mean "releaseTime"?',
      '--parameter connections=a: expected a whole number from 1 to 100000',
      '--parameter messageSize=1GiB: expected a size from 64KiB to 256MiB',
      '--parameter idleTime=5: expected a duration from 10ms to 1h, such as 5s or 300ms',
    ]);
  });

  it('are said in one sentence each where host or IDs are missing or wrong', async () => {
    const missing =
      'mosId (--mos-id) and ncsId (--ncs-id) must be given: a device answers only to the IDs in its own configuration';
    expect(await problems(undefined)).to.deep.equal([
      'no device: its host is missing; give "host" in a device file, or --host',
      missing,
    ]);
    expect(await problems(undefined, { host: '127.0.0.1', mosId: 'm' })).to.deep.equal([
      'ncsId (--ncs-id) must be given: a device answers only to the IDs in its own configuration',
    ]);
    const host = async (name: string): Promise<string[]> => problems(undefined, { host: name, ...ids });
    expect(await host('nowhere.invalid')).to.deep.equal(['the host name "nowhere.invalid" is unknown']);
    expect(await host('http://x')).to.have.lengthOf(1);
    expect((await host('device:10540'))[0]).to.contain('holds a port');
    expect((await host('0.0.0.0'))[0]).to.contain('not a device');
    expect((await host('a b'))[0]).to.equal('"a b" is no host name');
    expect((await host(''))[0]).to.equal('--host "": must not be empty');
    expect(await host('a\u001b[31m')).to.deep.equal(['--host a\uFFFD[31m: must not hold control characters']);
  });

  it('says why a name cannot be resolved', async () => {
    const failing = (code: string) => () => Promise.reject(Object.assign(new Error('x'), { code }));
    expect(await addressOf('x', failing('EAI_AGAIN'))).to.deep.equal({
      problem: 'the host name "x" cannot be resolved (EAI_AGAIN)',
    });
    expect(await addressOf('x', () => Promise.resolve([]))).to.deep.equal({
      problem: 'the host name "x" has no address',
    });
  });
});
