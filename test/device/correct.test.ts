import { expect } from 'chai';
import { createDevice } from '../../src/device/device.ts';
import { HABITS } from '../../src/device/habits/index.ts';
import { DeviceError, UnknownVariation } from '../../src/device/options.ts';
import { Client, crowd, device, dial, endAll, HEARTBEAT, mos, never, serves, ucs2, until } from './client.ts';

const PORTS = ['lower', 'upper', 'query'] as const;

describe('the reference device', () => {
  afterEach(endAll);

  it('answers heartbeat and reqMachInfo on every port and keeps the connection', async () => {
    const correct = await device();
    for (const port of PORTS) {
      const client = await dial(correct, port);
      expect(await client.heartbeat()).to.match(
        /^<mos><mosID>reference\.device\.mos<\/mosID><ncsID>conformance\.ncs<\/ncsID><messageID>17<\/messageID><heartbeat><time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(,\d{3})?(Z|[+-]\d\d:\d\d)?<\/time><\/heartbeat><\/mos>$/,
      );
      const info = await client.ask('<reqMachInfo/>', { messageID: '0x1A' });
      expect(info).to.contain('<messageID>0x1A</messageID>').and.contain('<mosRev>2.8.5</mosRev>');
      const claims = [...info.matchAll(/<mosProfile number="(\d)">(YES|NO)</g)].map((match) => match[2]);
      expect(claims).to.deep.equal(['YES', 'YES', 'NO', 'NO', 'NO', 'NO', 'NO', 'NO']);
      await never('anything more', () => client.messages.length > 2 || client.fin);
      await client.release();
    }
  });

  it('sends exactly these bytes for the begin of an answer', async () => {
    const client = await dial(await device());
    await client.heartbeat();
    expect(client.received.subarray(0, 24).toString('hex')).to.equal(
      '003c006d006f0073003e003c006d006f007300490044003e',
    );
  });

  it('closes after a FIN: idle, after an exchange, at once, in the middle of a message', async () => {
    const correct = await device();
    for (const port of PORTS) {
      await (await dial(correct, port)).release();
      await serves(correct, port);
      const cut = await dial(correct, port);
      cut.send(mos(HEARTBEAT).slice(0, 50));
      await cut.release();
      const hasty = new Client(correct.ports[port] ?? 0, correct.address);
      hasty.halfClose();
      await until('the FIN', () => hasty.fin && hasty.closed);
    }
    expect(correct.statistics().resets).to.equal(0);
    await until('the end of all', () => correct.statistics().open === 0);
  });

  it('answers what was asked before a FIN, then closes', async () => {
    const correct = await device();
    const client = await dial(correct);
    client.socket.end(ucs2(mos('<reqMachInfo/>') + mos(HEARTBEAT)));
    await until('the FIN', () => client.fin && client.closed);
    expect(client.messages).to.have.length(2);
    expect(client.messages[1]).to.contain('<heartbeat>');
  });

  it('survives resets: idle, in the middle of a message, with a reply pending, in a burst', async () => {
    const correct = await device();
    (await dial(correct)).abort();
    const cut = await dial(correct);
    cut.send('<mos><mosID>');
    cut.abort();
    const asked = await dial(correct);
    asked.send(mos('<reqMachInfo/>'));
    asked.abort();
    for (const client of await crowd(correct, 20)) client.abort();
    await serves(correct);
    await until('the end of all', () => correct.statistics().open === 0);
  });

  it('serves many connections at once, idle ones among them', async () => {
    const correct = await device();
    const clients = await crowd(correct, 100);
    await Promise.all(clients.filter((_, index) => index % 2 === 0).map((client) => client.heartbeat()));
    for (const client of clients) client.halfClose();
    await until('all FINs', () => clients.every(({ closed, reset }) => closed && !reset));
  });

  it('understands a message however it is cut, joined or written', async () => {
    const correct = await device();
    const client = await dial(correct);
    for (const byte of ucs2(mos(HEARTBEAT))) client.socket.write(Buffer.from([byte]));
    await until('the first', () => client.messages.length === 1);
    client.send(`\r\n\t${mos(HEARTBEAT)} \n${mos('<reqMachInfo></reqMachInfo>')}`);
    await until('the next two', () => client.messages.length === 3);
    client.send(
      `<?xml version="1.0"?><mos version="-//MOS Group//DTD MOS 2.8.2//EN" changeDate="09 April 2005">${mos(HEARTBEAT).slice(5)}`,
    );
    await until('the fourth', () => client.messages.length === 4);
    const info = await client.ask(`<reqMachInfo><x-vendor>${'ä'.repeat(600_000)}</x-vendor></reqMachInfo>`);
    expect(info).to.contain('<listMachInfo>');
    client.socket.write(Buffer.from(mos(HEARTBEAT), 'utf8'));
    await until('an answer to UTF-8', () => client.messages.length === 6);
  });

  it('refuses wrong IDs and goes on serving', async () => {
    const client = await dial(await device());
    for (const wrong of [{ mosID: 'other.mos' }, { ncsID: 'other.ncs' }, { ncsID: '' }]) {
      const refusal = await client.ask(HEARTBEAT, wrong);
      expect(refusal).to.match(
        /<mosAck><objID>.*<status>NACK<\/status><statusDescription>.+<\/statusDescription>/,
      );
    }
    await client.heartbeat();
  });

  it('knows several newsrooms and answers each by its name', async () => {
    const client = await dial(await device({ ncsId: ['one.ncs', 'two.ncs'], mosId: 'prompter' }));
    for (const ncsID of ['two.ncs', 'one.ncs']) {
      const answer = await client.ask(HEARTBEAT, { mosID: 'prompter', ncsID });
      expect(answer).to.contain(`<mosID>prompter</mosID><ncsID>${ncsID}</ncsID>`).and.contain('<heartbeat>');
    }
  });

  it('echoes the messageID as written, whatever it is, and none where there was none', async () => {
    const client = await dial(await device());
    for (const messageID of ['x1a', '4433250443', '0', '-5', 'abc']) {
      expect(await client.ask(HEARTBEAT, { messageID })).to.contain(`<messageID>${messageID}</messageID>`);
    }
    expect(await client.ask(HEARTBEAT, { messageID: null })).to.not.contain('messageID');
  });

  it('refuses unknown and unsupported messages and stays', async () => {
    const correct = await device();
    const client = await dial(correct, 'upper');
    expect(await client.ask('<roUnheardOf/>')).to.contain('<status>NACK</status>');
    expect(await client.ask('<roReq><roID>R1</roID></roReq>')).to.match(
      /<roAck><roID>R1<\/roID><roStatus>(?!OK)/,
    );
    expect(await client.ask('<roReqAll/>')).to.match(/<roAck><roID>0<\/roID><roStatus>(?!OK)/);
    const replacing = '<mosItemReplace><roID>R1</roID><storyID>1</storyID></mosItemReplace>';
    expect(await client.ask(replacing)).to.match(/<roAck><roID>R1<\/roID><roStatus>(?!OK)/);
    expect(await client.ask('<mosReqObj><objID>CLIP-0001</objID></mosReqObj>')).to.contain('NACK');
    await client.heartbeat();
    await client.release();
  });

  it('answers no answer', async () => {
    const client = await dial(await device());
    const stray = '<objID>0</objID><objRev>0</objRev><status>ACK</status><statusDescription/>';
    for (const name of ['mosAck', 'roAck', 'listMachInfo', 'roList', 'roListAll', 'mosObjList']) {
      client.send(mos(`<${name}>${stray}</${name}>`));
    }
    await client.heartbeat();
    await never('anything more', () => client.messages.length > 1);
  });

  it('passes over malformed XML and stays', async () => {
    const correct = await device();
    const client = await dial(correct);
    client.send('<mos><mosID>x</ncsID></mos>');
    client.send('<mos>&nonsense;<heartbeat</mos>');
    client.send('junk without any tag ');
    await client.heartbeat();
    client.send('<mos><mosID>');
    await never('its end', () => client.fin);
    await serves(correct);
  });

  it('never expands entities', async () => {
    const client = await dial(await device());
    const doctype = '<!DOCTYPE mos [<!ENTITY boom "expanded"><!ENTITY file SYSTEM "file:///etc/hostname">]>';
    client.send(doctype + mos('<mosReqObj><objID>&boom;&file;</objID></mosReqObj>'));
    await client.heartbeat();
    expect(client.text).to.not.contain('expanded');
  });

  it('gives up a message beyond 8 MiB and serves the others meanwhile', async () => {
    const correct = await device();
    const client = await dial(correct);
    client.send('<mos><mosID>');
    const block = ucs2('x'.repeat(512 * 1024));
    for (let count = 0; count < 10 && !client.closed; count++) client.socket.write(block);
    await serves(correct);
    await until('its end', () => client.fin || client.reset);
    await serves(correct);
  });

  it('holds nobody up for a reader that stops, and answers once it reads', async () => {
    const correct = await device();
    const stuck = await dial(correct);
    await stuck.heartbeat();
    stuck.socket.pause();
    const requests = Buffer.concat(Array.from({ length: 3_000 }, () => ucs2(mos('<reqMachInfo/>'))));
    stuck.socket.write(requests);
    await serves(correct);
    stuck.socket.resume();
    await until('every answer', () => stuck.messages.length === 3_001, 8_000);
    await stuck.release();
  }).timeout(20_000);

  it('answers Profile 1 requests', async () => {
    const client = await dial(await device());
    expect(await client.ask('<mosReqObj><objID>CLIP-0001</objID></mosReqObj>')).to.match(
      /<mosObj><objID>CLIP-0001<\/objID><objSlug>.*<\/description><\/mosObj>/,
    );
    const unknown = await client.ask('<mosReqObj><objID>nowhere</objID></mosReqObj>');
    expect(unknown).to.contain('<mosAck><objID>nowhere</objID>').and.contain('<status>NACK</status>');
    expect(await client.ask('<mosReqObj/>')).to.contain('<status>NACK</status>');
    for (const pause of ['<pause>0</pause>', '<pause>soon</pause>', '']) {
      expect(await client.ask(`<mosReqAll>${pause}</mosReqAll>`)).to.contain('<status>NACK</status>');
    }
  });

  it('serves IPv6 and IPv4 on ::', async () => {
    const correct = await device({ host: '::' });
    for (const host of ['::1', '127.0.0.1']) {
      const client = new Client(correct.ports.lower ?? 0, host);
      await client.heartbeat();
      await client.release();
    }
  });

  it('listens on the ports it is given and refuses a taken one in a sentence', async () => {
    const correct = await device({ host: '127.0.0.1' });
    for (const port of Object.values(correct.ports)) expect(port).to.be.within(20_000, 25_999);
    const taken = correct.ports.upper ?? 0;
    const error = await createDevice({ ports: { upper: taken } }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DeviceError);
    expect((error as Error).message).to.equal(`port ${taken} (upper) is taken on 127.0.0.1`);
  });

  it('refuses what it does not know', async () => {
    const reason = async (options: Parameters<typeof createDevice>[0]): Promise<Error> =>
      (await createDevice(options).catch((error: unknown) => error)) as Error;
    expect(await reason({ faults: ['close-wait-leek'] })).to.be.instanceOf(UnknownVariation);
    expect((await reason({ faults: ['late-close=soon'] })).message).to.contain('takes a number');
    expect((await reason({ habits: ['utf-8=1'] })).message).to.contain('takes no value');
    expect((await reason({ host: '192.0.2.1' })).message).to.contain('no address of this machine');
  });

  it('describes every habit', () => {
    for (const { description } of HABITS.values()) expect(description).to.match(/^.{20,}\.$/);
  });
});
