import type { Socket } from 'node:net';
import { expect } from 'chai';
import { device, dial, endAll, faulty, HEARTBEAT, mos, never, serves, ucs2, until } from './client.ts';
import { closeNewsrooms, idOf, newsroom } from './newsroom.ts';

describe('faults of the wire', () => {
  afterEach(endAll);
  afterEach(closeNewsrooms);

  it('one-read-one-message loses a message in two pieces', async () => {
    const faultyDevice = await faulty('one-read-one-message');
    const client = await dial(faultyDevice);
    await client.heartbeat();
    await sendInTwo(client.socket, ucs2(mos(HEARTBEAT)), 100);
    await never('an answer', () => client.messages.length > 1);
    await client.heartbeat();
    await client.release();
  });

  it('first-message-only answers the first message of a segment', async () => {
    const client = await dial(await faulty('first-message-only'));
    client.send(mos(HEARTBEAT) + mos(HEARTBEAT));
    await until('the first answer', () => client.messages.length === 1);
    await never('the second answer', () => client.messages.length > 1);
    await sendInTwo(client.socket, ucs2(mos(HEARTBEAT)), 101);
    await until('the answer to a message in two pieces', () => client.messages.length === 2);
  });

  it('odd-offset-breaks loses a message that is cut inside a character', async () => {
    const faultyDevice = await faulty('odd-offset-breaks');
    const even = await dial(faultyDevice);
    await sendInTwo(even.socket, ucs2(mos(HEARTBEAT)), 100);
    await until('the answer', () => even.messages.length === 1);
    const odd = await dial(faultyDevice);
    await sendInTwo(odd.socket, ucs2(mos(HEARTBEAT)), 101);
    await never('an answer', () => odd.messages.length > 0);
    await odd.release();
  });

  it('loses-cut-tag loses a message whose root tag is cut, and no other', async () => {
    const faultyDevice = await faulty('loses-cut-tag');
    for (const [offset, answers] of [
      [4, 0],
      [9, 0],
      [10, 1],
      [40, 1],
      [301, 1],
    ] as const) {
      const client = await dial(faultyDevice);
      await sendInTwo(client.socket, ucs2(mos(HEARTBEAT)), offset);
      if (answers === 1) await until(`the answer, cut at ${offset}`, () => client.messages.length === 1);
      else await never(`an answer, cut at ${offset}`, () => client.messages.length > 0);
      await client.release();
    }
    const joined = await dial(faultyDevice);
    await sendInTwo(joined.socket, ucs2(mos(HEARTBEAT) + mos(HEARTBEAT)), ucs2(mos(HEARTBEAT)).length + 6);
    await until('the first answer', () => joined.messages.length === 1);
    await never('the second', () => joined.messages.length > 1);
  });

  it('utf-8-reply, little-endian-reply and bom-reply write what they say', async () => {
    const beginnings: Record<string, string> = {
      'utf-8-reply': '3c6d6f733e',
      'little-endian-reply': '3c006d006f00',
      'bom-reply': 'feff003c006d',
    };
    for (const [fault, beginning] of Object.entries(beginnings)) {
      const client = await dial(await faulty(fault));
      client.send(mos(HEARTBEAT));
      await until('the answer', () => client.received.length > 20);
      expect(client.received.toString('hex').startsWith(beginning), fault).to.equal(true);
    }
  });

  it('no-heartbeat answers other requests only', async () => {
    const client = await dial(await faulty('no-heartbeat'));
    client.send(mos(HEARTBEAT));
    expect(await client.ask('<reqMachInfo/>')).to.contain('<listMachInfo>');
    await never('another answer', () => client.messages.length > 1);
  });

  it('heartbeat-without-time leaves it out', async () => {
    const client = await dial(await faulty('heartbeat-without-time'));
    expect(await client.heartbeat()).to.match(/<heartbeat\s*\/>|<heartbeat><\/heartbeat>/);
    expect(await client.ask('<reqMachInfo/>')).to.contain('<time>');
  });

  const envelopes: Record<string, RegExp> = {
    'wrong-message-id':
      /^<mos><mosID>reference\.device\.mos<\/mosID><ncsID>conformance\.ncs<\/ncsID><messageID>7\d{8}<\/messageID><heartbeat>/,
    'no-message-id':
      /^<mos><mosID>reference\.device\.mos<\/mosID><ncsID>conformance\.ncs<\/ncsID><heartbeat>/,
    'wrong-mos-id':
      /^<mos><mosID>other\.reference\.device\.mos<\/mosID><ncsID>conformance\.ncs<\/ncsID><messageID>17</,
    'swapped-ids':
      /^<mos><mosID>conformance\.ncs<\/mosID><ncsID>reference\.device\.mos<\/ncsID><messageID>17</,
    'envelope-out-of-order':
      /^<mos><ncsID>conformance\.ncs<\/ncsID><mosID>reference\.device\.mos<\/mosID><messageID>17</,
  };
  for (const [fault, envelope] of Object.entries(envelopes)) {
    it(`${fault} writes the envelope so`, async () => {
      const client = await dial(await faulty(fault));
      expect(await client.heartbeat()).to.match(envelope);
      await client.release();
    });
  }

  it('cut-reply leaves the root open', async () => {
    const client = await dial(await faulty('cut-reply'));
    client.send(mos(HEARTBEAT));
    await until('the answer', () => client.text.endsWith('</heartbeat>'));
    await never('the rest', () => client.messages.length > 0);
  });

  it('duplicate-reply answers twice', async () => {
    const client = await dial(await faulty('duplicate-reply'));
    client.send(mos(HEARTBEAT));
    await until('both', () => client.messages.length === 2);
    await never('more', () => client.messages.length > 2);
  });

  it('junk-after-connect greets', async () => {
    const client = await dial(await faulty('junk-after-connect'));
    await until('the greeting', () => client.text === 'READY\r\n');
    await client.heartbeat();
  });

  it('machine-info faults change listMachInfo as they say', async () => {
    const incomplete = await (await dial(await faulty('machine-info-incomplete'))).ask('<reqMachInfo/>');
    expect(incomplete).to.contain('<supportedProfiles').and.not.contain('<SN>').and.not.contain('<mosRev>');
    expect(await claimed('machine-info-overclaims')).to.deep.equal(['0', '1', '2', '4']);
    expect(await claimed('machine-info-breaks-dependencies')).to.deep.equal(['0', '1', '3']);
  });

  it('second-lane-blocked serves nothing on one port while another is busy', async () => {
    const faultyDevice = await faulty('second-lane-blocked');
    const lower = await dial(faultyDevice, 'lower');
    const upper = await dial(faultyDevice, 'upper');
    await lower.heartbeat();
    await upper.heartbeat();
    lower.send(mos(HEARTBEAT).slice(0, 30));
    await until('the begin', () => faultyDevice.statistics().incomplete === 1);
    await (await dial(faultyDevice, 'lower')).heartbeat();
    upper.send(mos(HEARTBEAT));
    await never('an answer', () => upper.messages.length > 1);
    lower.send(mos(HEARTBEAT).slice(30));
    await until('both answers', () => upper.messages.length === 2 && lower.messages.length === 2);
  });

  it('second-lane-blocked waits for the answer to its own request, too', async () => {
    const ncs = await newsroom();
    const faultyDevice = await device({
      faults: ['second-lane-blocked'],
      ncs: { host: '127.0.0.1', lower: ncs.port },
    });
    await until('the call', () => ncs.messages(0).length === 1);
    const upper = await dial(faultyDevice, 'upper');
    upper.send(mos(HEARTBEAT));
    await never('an answer', () => upper.messages.length > 0);
    await serves(faultyDevice, 'lower');
    ncs.close();
    await until('the answer', () => upper.messages.length === 1);
  });

  it('answers-heartbeat-answer answers the answer to its own heartbeat, the correct device does not', async () => {
    for (const faults of [['answers-heartbeat-answer'], []]) {
      const ncs = await newsroom();
      await device({ faults, ncs: { host: '127.0.0.1', lower: ncs.port } });
      await until('its heartbeat', () => ncs.messages(0).length === 1);
      ncs.sockets[0]?.write(ucs2(mos(HEARTBEAT, { messageID: idOf(ncs.messages(0)[0]) })));
      await until('its next request', () => ncs.texts[0]?.includes('<reqMachInfo/>') === true);
      await never('more', () => ncs.messages(0).length > faults.length + 2);
      expect(ncs.messages(0)).to.have.length(faults.length + 2);
    }
  });

  it('crashes-on-malformed dies of malformed XML only', async () => {
    let exits = 0;
    const faultyDevice = await device({ faults: ['crashes-on-malformed'], exit: () => exits++ });
    const client = await dial(faultyDevice);
    await client.ask('<roUnheardOf/>');
    expect(exits).to.equal(0);
    client.send('<mos><mosID>x</ncsID></mos>');
    await until('the exit', () => exits === 1);
  });

  it('crashes-on-nested-root dies of a mos document in a payload only', async () => {
    let exits = 0;
    const faultyDevice = await device({ faults: ['crashes-on-nested-root'], exit: () => exits++ });
    const client = await dial(faultyDevice);
    await client.heartbeat();
    expect(exits).to.equal(0);
    client.send(mos(`<mosReqAll><mosPayload>${mos(HEARTBEAT)}</mosPayload></mosReqAll>`));
    await until('the exit', () => exits === 1);
  });

  it('deaf-after-malformed answers nothing more on that connection', async () => {
    const faultyDevice = await faulty('deaf-after-malformed');
    const client = await dial(faultyDevice);
    await client.heartbeat();
    client.send('<mos><mosID>x</ncsID></mos>');
    client.send(mos(HEARTBEAT));
    await never('an answer', () => client.messages.length > 1);
    await client.release();
    await serves(faultyDevice);
  });

  it('swallows-unknown-and-stops answers nothing more on that connection', async () => {
    const faultyDevice = await faulty('swallows-unknown-and-stops');
    const client = await dial(faultyDevice);
    client.send('<mos><mosID>x</ncsID></mos>');
    await client.heartbeat();
    client.send(mos('<roUnheardOf/>'));
    client.send(mos(HEARTBEAT));
    await never('an answer', () => client.messages.length > 1);
    await serves(faultyDevice);
  });

  it('expands-entities lets an entity come back with its value', async () => {
    const client = await dial(await faulty('expands-entities'));
    const bomb = '<!DOCTYPE mos [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>';
    client.send(bomb + mos('<mosReqObj><objID>&b;</objID></mosReqObj>'));
    await until('the answer', () => client.messages.length === 1);
    expect(client.messages[0]).to.contain('boomboomboom');
    const billion = Array.from({ length: 12 }, (_, level) =>
      level === 0 ? '<!ENTITY e0 "haha">' : `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`,
    );
    client.send(`<!DOCTYPE mos [${billion.join('')}]>${mos('<mosReqObj><objID>&e11;</objID></mosReqObj>')}`);
    await client.heartbeat();
  });
});

async function claimed(fault: string): Promise<string[]> {
  const answer = await (await dial(await faulty(fault))).ask('<reqMachInfo/>');
  return [...answer.matchAll(/<mosProfile number="(\d)">YES</g)].map((match) => match[1] ?? '');
}

/** Sends bytes in two segments that cannot be read as one. */
async function sendInTwo(socket: Socket, bytes: Buffer, offset: number): Promise<void> {
  socket.write(bytes.subarray(0, offset));
  await new Promise((resolve) => setTimeout(resolve, 30));
  socket.write(bytes.subarray(offset));
}
