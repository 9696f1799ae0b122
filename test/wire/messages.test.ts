import { expect } from 'chai';
import { encodeMessage, messageText } from '../../src/wire/encode.ts';
import { decodeFrame } from '../../src/wire/decode.ts';
import { toElement } from '../../src/wire/message-objects.ts';
import { claimedProfiles, readMachineInfo } from '../../src/wire/machine-info.ts';
import * as messages from '../../src/wire/messages.ts';
import { ELEMENTS } from '../../src/wire/tables.ts';
import type { MosElement, OutgoingMessage } from '../../src/wire/types.ts';
import { validateMessage } from '../../src/wire/validate.ts';
import { parseXml, serialize } from '../../src/wire/xml.ts';

/** The bytes of ASCII text in UCS-2, high byte first, without the help of the code under test. */
const wide = (ascii: string): Buffer =>
  Buffer.from([...ascii].flatMap((character) => [0, character.charCodeAt(0)]));
const at = new Date('2026-03-02T18:04:11.250Z');
const message = (body: MosElement): OutgoingMessage => ({
  mosID: 'm.s.mos',
  ncsID: 'n.s.mos',
  messageID: 41,
  body,
});
const ENVELOPE = '<mosID>m.s.mos</mosID><ncsID>n.s.mos</ncsID><messageID>41</messageID>';
const BEAT = '<heartbeat><time>2026-03-02T18:04:11,250Z</time></heartbeat>';

describe('encodeMessage', () => {
  it('writes a heartbeat in exactly these bytes', () => {
    expect(
      encodeMessage({ mosID: 'a', ncsID: 'é', messageID: '0x1A', body: messages.reqMachInfo() }, 'ucs-2be'),
    ).to.deep.equal(
      Buffer.from(
        '003c006d006f0073003e003c006d006f007300490044003e0061003c002f006d006f007300490044003e003c006e0063007300490044003e00e9' +
          '003c002f006e0063007300490044003e003c006d00650073007300610067006500490044003e0030007800310041003c002f006d0065007300' +
          '7300610067006500490044003e003c007200650071004d0061006300680049006e0066006f002f003e003c002f006d006f0073003e',
        'hex',
      ),
    );
    const expected = `<mos>${ENVELOPE}${BEAT}</mos>`;
    expect(encodeMessage(message(messages.heartbeat(at)), 'ucs-2be')).to.deep.equal(wide(expected));
    expect(encodeMessage(message(messages.heartbeat(at)), 'utf-8')).to.deep.equal(Buffer.from(expected));
    expect(encodeMessage(message(messages.heartbeat(at)), 'ucs-2le')).to.deep.equal(wide(expected).swap16());
  });

  it('leaves messageID out for peers before 2.8.1', () => {
    const old = { mosID: 'm', ncsID: 'n', body: messages.reqMachInfo() };
    expect(messageText(old, 'ucs-2be')).to.equal('<mos><mosID>m</mosID><ncsID>n</ncsID><reqMachInfo/></mos>');
  });

  it('dresses a message as the form asks', () => {
    const body = messages.heartbeat(at);
    const text = (form: Parameters<typeof messageText>[2]): string =>
      messageText(message(body), 'ucs-2be', form);
    expect(text({ declaration: true })).to.equal(
      `<?xml version="1.0" encoding="UTF-16"?><mos>${ENVELOPE}${BEAT}</mos>`,
    );
    expect(text({ before: '\r\n', after: '\n' })).to.equal(`\r\n<mos>${ENVELOPE}${BEAT}</mos>\n`);
    expect(text({ doctype: '<!DOCTYPE mos>' })).to.equal(`<!DOCTYPE mos><mos>${ENVELOPE}${BEAT}</mos>`);
    expect(text({ rootAttributes: true })).to.match(
      /^<mos version="-\/\/MOS Group\/\/DTD MOS 2.8.2\/\/EN" changeDate="09 April 2005"><mosID>/,
    );
    expect(text({ rootAttributes: { a: '"' } })).to.match(/^<mos a="&quot;">/);
    expect(text({ envelopeOrder: ['ncsID', 'mosID'] })).to.equal(
      `<mos><ncsID>n.s.mos</ncsID><mosID>m.s.mos</mosID><messageID>41</messageID>${BEAT}</mos>`,
    );
    expect(text({ without: ['mosID', 'messageID'] })).to.equal(`<mos><ncsID>n.s.mos</ncsID>${BEAT}</mos>`);
    expect(text({ extraSiblings: [messages.reqMachInfo()] })).to.match(
      /<\/heartbeat><reqMachInfo\/><\/mos>$/,
    );
    expect(text({ pretty: true })).to.match(/^<mos>\n {2}<mosID>m\.s\.mos<\/mosID>\n/);
    expect(text({ pretty: true })).to.match(
      /\n {2}<heartbeat>\n {4}<time>.*<\/time>\n {2}<\/heartbeat>\n<\/mos>$/,
    );
    const marked = encodeMessage(message(body), 'ucs-2be', { byteOrderMark: true, before: ' ' });
    expect(marked.subarray(0, 6)).to.deep.equal(Buffer.from('feff0020003c', 'hex'));
  });
});

const OBJECT: messages.MediaObject = {
  objID: 'CLIP-1',
  objSlug: 'Harbour',
  objType: 'VIDEO',
  objTB: 50,
  objRev: 3,
  objDur: 1250,
  status: 'NEW',
  objAir: 'NOT READY',
  createdBy: 'ingest',
  created: at,
  changedBy: 'kim',
  changed: '2026-03-02T19:00:00',
  description: 'Dawn & <dusk>',
};

describe('messages', () => {
  const written: [MosElement, string][] = [
    [messages.heartbeat(at), BEAT],
    [messages.heartbeat('2026-03-02T18:04:11'), '<heartbeat><time>2026-03-02T18:04:11</time></heartbeat>'],
    [messages.reqMachInfo(), '<reqMachInfo/>'],
    [
      messages.mosAck({ status: 'ACK' }),
      '<mosAck><objID>0</objID><objRev>0</objRev><status>ACK</status><statusDescription/></mosAck>',
    ],
    [
      messages.mosAck({ status: 'NACK', objID: 'c', objRev: 3, statusDescription: 'no' }),
      '<mosAck><objID>c</objID><objRev>3</objRev><status>NACK</status><statusDescription>no</statusDescription></mosAck>',
    ],
    [toElement('mosReqObj', { objID: 'c' }), '<mosReqObj><objID>c</objID></mosReqObj>'],
    [toElement('mosReqAll', { pause: 0 }), '<mosReqAll><pause>0</pause></mosReqAll>'],
    [messages.mosListAll([]), '<mosListAll/>'],
    [messages.roAck('r', 'OK'), '<roAck><roID>r</roID><roStatus>OK</roStatus></roAck>'],
    [
      messages.mosObj(OBJECT),
      '<mosObj><objID>CLIP-1</objID><objSlug>Harbour</objSlug><objType>VIDEO</objType><objTB>50</objTB><objRev>3</objRev>' +
        '<objDur>1250</objDur><status>NEW</status><objAir>NOT READY</objAir><createdBy>ingest</createdBy>' +
        '<created>2026-03-02T18:04:11,250Z</created><changedBy>kim</changedBy><changed>2026-03-02T19:00:00</changed>' +
        '<description>Dawn &amp; &lt;dusk&gt;</description></mosObj>',
    ],
    [
      messages.listMachInfo({ ID: 'm', mosRev: '2.8.5', profiles: [0, 1], time: at, opTime: at, model: 'X' }),
      '<listMachInfo><manufacturer/><model>X</model><hwRev/><swRev/><DOM/><SN/><ID>m</ID><time>2026-03-02T18:04:11,250Z</time>' +
        '<opTime>2026-03-02T18:04:11,250Z</opTime><mosRev>2.8.5</mosRev><supportedProfiles deviceType="MOS">' +
        '<mosProfile number="0">YES</mosProfile><mosProfile number="1">YES</mosProfile><mosProfile number="2">NO</mosProfile>' +
        '<mosProfile number="3">NO</mosProfile><mosProfile number="4">NO</mosProfile><mosProfile number="5">NO</mosProfile>' +
        '<mosProfile number="6">NO</mosProfile><mosProfile number="7">NO</mosProfile></supportedProfiles></listMachInfo>',
    ],
    [
      messages.listMachInfo({ ID: 'm', mosRev: '2.8.3', profiles: [0], time: at, profileForm: 'flat' }),
      '<listMachInfo><manufacturer/><model/><hwRev/><swRev/><DOM/><SN/><ID>m</ID><time>2026-03-02T18:04:11,250Z</time>' +
        '<mosRev>2.8.3</mosRev><mosProfile0>YES</mosProfile0><mosProfile1>NO</mosProfile1><mosProfile2>NO</mosProfile2>' +
        '<mosProfile3>NO</mosProfile3><mosProfile4>NO</mosProfile4><mosProfile5>NO</mosProfile5><mosProfile6>NO</mosProfile6>' +
        '<mosProfile7>NO</mosProfile7></listMachInfo>',
    ],
  ];
  for (const [body, text] of written) {
    it(`builds ${text.slice(0, 50)}… as specified, and valid`, () => {
      expect(serialize(body)).to.equal(text);
      const bytes = encodeMessage(message(body), 'ucs-2be');
      const decoded = decodeFrame({ bytes, encoding: 'ucs-2be', findings: [] });
      expect(decoded.findings).to.deep.equal([]);
      expect(decoded.body).to.deep.equal(body);
      const revision = text.includes('2.8.3') ? '2.8.3' : '2.8.5';
      expect(validateMessage(decoded, { revision })).to.deep.equal({ problems: [], notes: [] });
    });
  }

  it('writes times in UTC with milliseconds behind a comma', () => {
    expect(messages.mosTime(new Date(0))).to.equal('1970-01-01T00:00:00,000Z');
    expect(messages.mosTime()).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{3}Z$/);
  });
});

describe('message objects', () => {
  it('writes children in the order of the DTD whatever the order of the keys', () => {
    expect(
      serialize(toElement('mosAck', { statusDescription: '', status: 'ACK', objRev: 1, objID: 'c' })),
    ).to.equal('<mosAck><objID>c</objID><objRev>1</objRev><status>ACK</status><statusDescription/></mosAck>');
  });

  it('writes nested, repeated and flat structures', () => {
    const acknowledgement = {
      roID: 'r',
      roStatus: 'OK',
      elements: [
        { storyID: '1', itemID: '1', objID: 'a', status: 'LOADED' },
        { storyID: '1', itemID: '2', objID: 'b', itemChannel: 'A', status: 'UNKNOWN' },
      ],
    };
    expect(serialize(toElement('roAck', acknowledgement))).to.equal(
      '<roAck><roID>r</roID><roStatus>OK</roStatus>' +
        '<storyID>1</storyID><itemID>1</itemID><objID>a</objID><status>LOADED</status>' +
        '<storyID>1</storyID><itemID>2</itemID><objID>b</objID><itemChannel>A</itemChannel><status>UNKNOWN</status>' +
        '</roAck>',
    );

    const list = {
      roID: 'r',
      roSlug: 's',
      story: [{ storyID: '1', item: [{ itemID: '1', objID: 'o', mosID: 'm' }] }, { storyID: '2' }],
    };
    expect(serialize(toElement('roList', list))).to.equal(
      '<roList><roID>r</roID><roSlug>s</roSlug>' +
        '<story><storyID>1</storyID><item><itemID>1</itemID><objID>o</objID><mosID>m</mosID></item></story>' +
        '<story><storyID>2</storyID></story></roList>',
    );
  });

  it('carries a payload unchanged', () => {
    const { root } = parseXml('<mosPayload><a b="1">x<c/>y</a></mosPayload>');
    const object = toElement('mosExternalMetadata', { mosSchema: 's', mosPayload: root as MosElement });
    expect(serialize(object)).to.equal(
      '<mosExternalMetadata><mosSchema>s</mosSchema><mosPayload><a b="1">x<c/>y</a></mosPayload></mosExternalMetadata>',
    );
  });

  it('knows the messages of Profiles 0 and 1 and of the query port', () => {
    expect(ELEMENTS).to.include.keys([
      ...[
        'heartbeat',
        'reqMachInfo',
        'listMachInfo',
        'mosAck',
        'mosObj',
        'mosReqObj',
        'mosReqAll',
        'mosListAll',
        'roAck',
      ],
      ...['roReq', 'roList', 'roReqAll', 'roListAll', 'mosReqSearchableSchema', 'mosListSearchableSchema'],
      ...['mosReqObjList', 'mosObjList'],
    ]);
  });
});

describe('readMachineInfo', () => {
  const read = (inside: string): ReturnType<typeof readMachineInfo> =>
    readMachineInfo(parseXml(`<listMachInfo>${inside}</listMachInfo>`).root as MosElement);

  it('reads what listMachInfo wrote, in both forms', () => {
    for (const profileForm of ['container', 'flat'] as const) {
      const info = readMachineInfo(
        messages.listMachInfo({ ID: 'm', mosRev: '2.8.5', profiles: [0, 1, 4], model: 'X', profileForm }),
      );
      expect(info.ID).to.equal('m');
      expect(info.model).to.equal('X');
      expect(info.blocks.map(({ form, answers }) => [form, answers.length])).to.deep.equal([
        [profileForm, 8],
      ]);
      expect(claimedProfiles(info)).to.deep.equal([0, 1, 4]);
    }
  });

  it('takes the forms of the schema, two roles, and what is missing', () => {
    const info = read(
      '<SupportedProfiles deviceType="MOS"><mosProfile number="0">true</mosProfile><mosProfile number="x">YES</mosProfile>' +
        '<mosProfile number="2">maybe</mosProfile></SupportedProfiles>' +
        '<supportedProfiles deviceType="NCS"><mosProfile number="7">YES</mosProfile></supportedProfiles>' +
        '<defaultActiveX><mode>MODELESS</mode></defaultActiveX>',
    );
    expect(claimedProfiles(info)).to.deep.equal([0]);
    expect(info.blocks[0]?.answers.map(({ claimed }) => claimed)).to.deep.equal([true, true, undefined]);
    expect(info.blocks[1]?.deviceType).to.equal('NCS');
    expect(info.activeXModes).to.deep.equal(['MODELESS']);
    expect(read('')).to.deep.equal({ blocks: [], activeXModes: [] });
  });
});
