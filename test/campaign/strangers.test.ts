import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Target } from '../../src/subject/target.ts';
import { openPeers, trial, trialTarget, type Trial } from './trial.ts';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const REFUSAL =
  '<mos><mosID>x</mosID><ncsID>y</ncsID><messageID>1</messageID><mosAck><objID>0</objID><objRev>0</objRev>' +
  '<status>NACK</status><statusDescription>Unknown ncsID</statusDescription></mosAck></mos>';

const onData =
  (answer: (request: Buffer, socket: Socket) => void) =>
  (socket: Socket): void =>
    void socket.on('data', (request: Buffer) => answer(request, socket)).on('end', () => socket.end());

async function against(serve: (socket: Socket) => void, changes: Partial<Target> = {}): Promise<Trial> {
  const peers = await openPeers(serve);
  try {
    return await trial(trialTarget({ ports: peers.ports, ...changes }), ['CON-01', 'REL-01']);
  } finally {
    peers.close();
  }
}

/** A campaign that ends with one sentence before it began: no verdict, nothing else run, exit code 3. */
function expectStop({ results, of }: Trial, sentence: RegExp): void {
  expect(of('SAN-OPEN').reason).to.match(sentence);
  expect(results.verdict).to.equal('inconc');
  expect(results.campaign).to.include({ complete: false, exitCode: 3 });
  expect(results.campaign.incompleteReason).to.equal(of('SAN-OPEN').reason);
  const others = results.tests.filter(({ key }) => key !== 'SAN-OPEN');
  expect(others.map(({ applicability }) => applicability)).to.deep.equal(others.map(() => 'not run'));
  expectPlain(results);
}

/** A campaign about sockets alone: no verdict of the whole, and one of what needs no answer. */
function expectMute({ results, of }: Trial, sentence: RegExp, released: 'pass' | 'fail' = 'pass'): void {
  expect(of('SAN-OPEN').reason).to.match(sentence);
  expect(results.verdict).to.equal(released === 'pass' ? 'inconc' : 'fail');
  expect(results.campaign).to.include({ complete: false, exitCode: released === 'pass' ? 3 : 1 });
  for (const port of ['lower', 'upper']) {
    expect(of(`CON-01@${port}`).applicability).to.equal('not run');
    expect(of(`REL-01@${port}`).verdict).to.equal(released);
  }
  expectPlain(results);
}

function expectPlain(results: Trial['results']): void {
  expect(JSON.stringify(results.tests[0])).not.to.match(/\\n *at |\.ts:\d/);
}

describe('what answers and is not the device that was meant', () => {
  it('a port that accepts and never answers is asked to have its IDs checked', async () => {
    expectMute(
      await against((socket) => void socket.resume().on('end', () => socket.end())),
      /^the device does not answer to mosID a\.mos and ncsID b\.ncs; check both configurations \(lower: nothing came within 0\.60 s; upper: nothing came/,
    );
  });

  it('a port that never answers and never closes fails for that', async () => {
    expectMute(
      await against((socket) => void socket.resume()),
      /^the device does not answer to mosID a\.mos/,
      'fail',
    );
  });

  it('a device that refuses the IDs is quoted', async () => {
    expectMute(
      await against(onData((_request, socket) => socket.write(utf16(REFUSAL)))),
      /check both configurations \(lower: answered with mosAck: NACK, "Unknown ncsID"; upper:/,
    );
  });

  it('a device that closes instead of answering is told from a silent one', async () => {
    expectMute(
      await against(onData((_request, socket) => socket.end())),
      /check both configurations \(lower: the device closed the connection instead of answering/,
    );
  });

  it('a device that speaks UTF-8 only is found out', async () => {
    const answer = onData((request, socket) => {
      const text = request.toString('utf8');
      const messageID = /<messageID>(\d+)</.exec(text)?.[1];
      if (text.includes('\0') || messageID === undefined) return;
      const body = '<heartbeat><time>2009-04-11T14:22:07</time></heartbeat>';
      socket.write(
        `<mos><mosID>a.mos</mosID><ncsID>b.ncs</ncsID><messageID>${messageID}</messageID>${body}</mos>`,
      );
    });
    expectStop(await against(answer), /silent in ucs-2be but answers in utf-8; .* --encoding utf-8$/);
  });

  it('a web server is quoted', async () => {
    const answer = onData((_request, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expectStop(await against(answer), /does not speak MOS \(lower: .*"HTTP\/1\.1 400 Bad Request/);
  });

  it('a banner is quoted, whatever encoding was expected', async () => {
    const greet = (socket: Socket): void => void socket.resume().write('\xff\xfd\x18Ubuntu LTS\r\nlogin: ');
    expectStop(await against(greet), /does not speak MOS \(lower: .*Ubuntu LTS\.\.login: /);
  });

  it('random bytes are shown so that no terminal is harmed', async () => {
    const answer = onData((_request, socket) => socket.write(randomBytes(900)));
    const told = await against(answer);
    expectStop(told, /does not speak MOS|does not answer to mosID/);
    expect(told.of('SAN-OPEN').reason).to.match(/^[ -~]*$/);
  });

  it('a peer that sends back what it is sent does not pass for a device that answers heartbeats', async () => {
    expectStop(
      await against(onData((request, socket) => socket.write(request))),
      /sends back what it is sent .*: it is no MOS device$/,
    );
  });

  it('a peer that never stops talking is not waited for', async function () {
    this.timeout(10_000);
    const flood = (socket: Socket): void => {
      const more = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 'x')));
      };
      socket.on('drain', more);
      more();
    };
    expectStop(await against(flood), /does not speak MOS|does not answer/);
  });

  it('nobody at all is unreachable', async () => {
    const peers = await openPeers(() => undefined);
    peers.close();
    expectStop(
      await trial(trialTarget({ ports: peers.ports }), ['CON-01']),
      /^the device cannot be reached at 127\.0\.0\.1 \(lower: .* refuses connections .*; is it running, and are these its ports\?$/,
    );
  });

  it('a dead port of the ephemeral range is refused, though a connection may meet itself', async () => {
    const ports = { lower: 45_540, upper: 45_541 };
    expectStop(await trial(trialTarget({ ports }), ['CON-01']), /cannot be reached/);
  });

  it('a device that closes unasked is accused of that', async () => {
    const { of, results } = await against((socket) => void socket.resume().end());
    expect(of('SAN-OPEN')).to.include({ verdict: 'fail' });
    expect(of('SAN-OPEN').reason).to.match(/closed the connection before anything was asked/);
    expect(results.campaign.exitCode).to.equal(1);
  });
});
