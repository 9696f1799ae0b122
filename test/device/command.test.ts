import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runDevice, type DeviceArguments } from '../../src/commands/device.ts';
import { UsageError } from '../../src/commands/exit.ts';
import { Client, device, endAll, until } from './client.ts';
import { closeNewsrooms, newsroom } from './newsroom.ts';

describe('the device command', () => {
  afterEach(endAll);
  afterEach(closeNewsrooms);

  /** Runs the command, lets `meanwhile` happen once it is ready, and gives back what it wrote. */
  async function run(
    given: DeviceArguments,
    meanwhile: (said: string) => Promise<void> = async () => {},
  ): Promise<string> {
    let said = '';
    await runDevice(given, { out: (line) => (said += `${line}\n`), stopped: () => meanwhile(said) });
    return said;
  }

  it('says in one line where it listens and serves until it is stopped', async () => {
    const said = await run({ fault: ['late-close=10,no-heartbeat'], mosId: 'p.mos' }, async (line) => {
      const client = new Client(Number(/lower (\d+)/.exec(line)?.[1]));
      await client.ask('<reqMachInfo/>', { mosID: 'p.mos' });
    });
    expect(said).to.match(
      /^Device ready on 127\.0\.0\.1: lower \d+, upper \d+, query \d+; mosID p\.mos, ncsID conformance\.ncs; faults: late-close=10, no-heartbeat\n$/,
    );
  });

  it('dials the newsroom that it is given', async () => {
    const ncs = await newsroom();
    await run({ ncs: [`127.0.0.1:${ncs.port}`], answerTime: 50, redialAfter: 10 }, () =>
      until('two calls', () => ncs.messages(1).length === 1),
    );
  });

  it('writes one line of JSON for machines', async () => {
    const said = await run({ json: true, habit: ['no-query'], ncsId: ['a', 'b'] });
    const line = JSON.parse(said) as Record<string, unknown>;
    expect(line).to.have.keys('address', 'ports', 'mosId', 'ncsId', 'faults', 'habits', 'pid');
    expect(line['ports']).to.have.keys('lower', 'upper');
    expect(line['ncsId']).to.equal('a');
  });

  it('lists faults and habits', async () => {
    const said = await run({ listFaults: true });
    expect(said).to.match(/^ {2}close-wait-leak +The device never closes/m);
    expect(said).to.match(/^ {2}late-close .*\[=8000: delay of the close, ms\]$/m);
    const { faults, habits } = JSON.parse(await run({ listFaults: true, json: true })) as {
      faults: { name: string }[];
      habits: { name: string }[];
    };
    expect(faults.length).to.be.greaterThan(50);
    expect(habits.map(({ name }) => name)).to.include('utf-8');
  });

  it('refuses in one sentence what it cannot do', async () => {
    const taken = (await device({ host: '127.0.0.1' })).ports.lower ?? 0;
    const refusals: [DeviceArguments, string][] = [
      [{ fault: ['close-wait-leek'] }, 'unknown fault "close-wait-leek"; did you mean "close-wait-leak"?'],
      [{ fault: ['zzz'] }, 'unknown fault "zzz"; "mos-conformance device --list-faults" lists them'],
      [{ habit: ['slwo'] }, 'unknown habit "slwo"; did you mean "slow"?'],
      [{ lower: taken }, `port ${taken} (lower) is taken on 127.0.0.1.`],
      [{ upper: 70_000 }, '--upper takes a port between 1 and 65535.'],
      [{ lower: 0 }, '--lower takes a port between 1 and 65535.'],
      [{ lower: NaN }, '--lower takes a port between 1 and 65535.'],
      [{ ncs: ['somewhere'] }, '--ncs takes HOST:PORT, not "somewhere"; an IPv6 address stands in brackets.'],
      [
        { ncs: ['a:1', 'b:2'] },
        '--ncs takes one newsroom: HOST:PORT of its lower port, then HOST:PORT of its upper port.',
      ],
    ];
    refusals.push([
      { ncs: ['127.0.0.1:20000'], answerTime: 0 },
      'the times of --ncs are numbers of milliseconds from 1.',
    ]);
    for (const [given, sentence] of refusals) {
      const error = await run(given).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(UsageError);
      expect((error as Error).message).to.equal(sentence);
    }
  });

  it('runs stand-alone until SIGTERM and exits 0, or 1 by a fault', async () => {
    for (const [fault, end] of [
      ['close-wait-leak', 0],
      ['exits-on-reset', 1],
    ] as const) {
      const child = startAlone(fault);
      await until('its line', () => child.said().endsWith('\n'), 20_000);
      const { ports } = JSON.parse(child.said()) as { ports: { lower: number } };
      const client = new Client(ports.lower);
      await client.heartbeat();
      if (end === 0) child.process.kill('SIGTERM');
      else client.abort();
      await until('its end', () => child.process.exitCode !== null);
      expect(child.process.exitCode).to.equal(end);
    }
  }).timeout(60_000);
});

function startAlone(fault: string): { process: ReturnType<typeof spawn>; said: () => string } {
  const program = `
    const { default: yargs } = await import('yargs');
    const { deviceCommand } = await import('./src/commands/device.ts');
    await yargs(['device', '--json', '--fault', '${fault}']).command({ command: 'device', ...deviceCommand }).parseAsync();`;
  const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { process: child, said: () => said };
}
