import { expect } from 'chai';
import type { Socket } from 'node:net';
import type { TestResult } from '../../src/results/results.ts';
import { ucs2 } from '../device/client.ts';
import { openPeers, trial, trialTarget } from './trial.ts';

const MACHINE = '<listMachInfo><manufacturer/><model/><time>2026-01-01T00:00:00Z</time></listMachInfo>';
const BEAT = '<heartbeat><time>2026-01-01T00:00:00Z</time></heartbeat>';

function message(body: string, id = ''): Buffer {
  const envelope = '<mosID>a.mos</mosID><ncsID>b.ncs</ncsID>';
  return ucs2(`<mos>${envelope}${id && `<messageID>${id}</messageID>`}${body}</mos>`);
}

/** A peer that answers, unless `before` takes a message over; `count` says which message of its connection it is. */
function peer(before: (name: string, socket: Socket, count: number) => boolean): (socket: Socket) => void {
  return (socket) => {
    let text = '';
    let count = 0;
    socket.on('end', () => socket.end());
    socket.on('data', (bytes: Buffer) => {
      text += Buffer.from(bytes).swap16().toString('utf16le');
      for (let end = text.indexOf('</mos>'); end >= 0; end = text.indexOf('</mos>')) {
        const asked = text.slice(0, end);
        text = text.slice(end + '</mos>'.length);
        const name = asked.includes('<reqMachInfo') ? 'reqMachInfo' : 'heartbeat';
        count += 1;
        if (before(name, socket, count)) continue;
        const id = /<messageID>(\d+)</.exec(asked)?.[1];
        socket.write(message(name === 'heartbeat' ? BEAT : MACHINE, id));
      }
    });
  };
}

async function played(id: string, serve: (socket: Socket) => void): Promise<TestResult> {
  const { ports, close } = await openPeers(serve);
  try {
    const { of } = await trial(trialTarget({ ports: { upper: ports.upper } }), [id]);
    return of(`${id}@upper`);
  } finally {
    close();
  }
}

describe('an answer that does not come', function () {
  this.timeout(20_000);

  it('is missed although the device closed instead and the NCS came back on another connection', async () => {
    const result = await played(
      'LANE-13',
      peer((name, socket, count) => {
        if (name !== 'reqMachInfo' || count > 1) return false;
        socket.end();
        return true;
      }),
    );
    expect(result.verdict).to.equal('fail');
    expect(result.assertions[0]?.symptom).to.include({ code: 'closed-instead' });
  });

  it('did not come elsewhere where the device only sends heartbeats of its own there', async () => {
    const open: Socket[] = [];
    const result = await played('RC-05', (socket) => {
      const older = open.filter((one) => one.writable);
      socket.on('close', () => open.splice(open.indexOf(socket), 1));
      open.push(socket);
      peer(() => {
        if (older.length === 0) return false;
        for (const one of older) if (one.writable) one.write(message(BEAT));
        return true;
      })(socket);
    });
    const codes = result.assertions.flatMap(({ symptom }) => symptom?.code ?? []);
    expect(result.verdict).to.equal('fail');
    expect(codes).to.include('no-reply');
    expect(codes).not.to.include('answered-on-older');
  });
});
