import { expect } from 'chai';
import { decodeFrame } from '../../src/wire/decode.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { Framer } from '../../src/wire/framer.ts';
import type { Revision } from '../../src/wire/revision.ts';
import type { DecodedMessage } from '../../src/wire/types.ts';
import { validateMessage } from '../../src/wire/validate.ts';

function decode(text: string): DecodedMessage {
  const framer = new Framer();
  const [frame] = [...framer.push(encodeText(text, 'ucs-2be')), ...framer.end()];
  if (!frame) throw new Error('no frame');
  return decodeFrame(frame);
}

function message(body: string): DecodedMessage {
  return decode(`<mos>\n<mosID>m</mosID><ncsID>n</ncsID><messageID>1</messageID>\n${body}</mos>`);
}

function judge(body: string, revision: Revision = '2.8.5'): { problems: string[]; notes: string[] } {
  const { problems, notes } = validateMessage(message(body), { revision });
  const line = (one: { line: number; path: string; text: string }): string =>
    `${one.line} ${one.path}: ${one.text}`;
  return { problems: problems.map(line), notes: notes.map(line) };
}

const HEAD =
  '<manufacturer>x</manufacturer><model/><hwRev/><swRev/><DOM/><SN/><ID>m</ID><time>2026-03-02T18:04:12</time>';
const PROFILES = [0, 1, 2, 3, 4, 5, 6, 7]
  .map((number) => `<mosProfile number="${number}">${number < 2 ? 'YES' : 'NO'}</mosProfile>`)
  .join('');
const INFO = `<listMachInfo>${HEAD}<mosRev>2.8.5</mosRev><supportedProfiles deviceType="MOS">${PROFILES}</supportedProfiles></listMachInfo>`;
const OBJECT =
  '<mosObj><objID>c</objID><objSlug>s</objSlug><objType>VIDEO</objType><objTB>59.94</objTB><objRev>3</objRev>' +
  '<objDur>0x2EE</objDur><status>NEW</status><objAir>NOT READY</objAir><createdBy/><created>2026-03-01T06:00:00Z</created>' +
  '<changedBy/><changed>2026-03-01T06:00:00,250+01:00</changed><description><p>a <em>b</em><tab/></p></description></mosObj>';

const CLEAN: Record<string, string> = {
  heartbeat: '<heartbeat><time>2026-03-02T18:04:11,250Z</time></heartbeat>',
  reqMachInfo: '<reqMachInfo/>',
  listMachInfo: INFO,
  'listMachInfo of a machine with two roles': INFO.replace(
    '</listMachInfo>',
    `<supportedProfiles deviceType="NCS">${PROFILES}</supportedProfiles></listMachInfo>`,
  ),
  mosAck: '<mosAck><objID/><objRev/><status>ACK</status><statusDescription/></mosAck>',
  mosObj: OBJECT,
  'mosObj with paths and metadata': OBJECT.replace(
    '<createdBy/>',
    '<objPaths><objPath techDescription="a" mimeType="b">\\\\x</objPath><objMetadataPath>x</objMetadataPath></objPaths><createdBy/>',
  ).replace(
    '</mosObj>',
    '<mosExternalMetadata><mosSchema>http://x</mosSchema><mosPayload><time>?</time><any/></mosPayload></mosExternalMetadata></mosObj>',
  ),
  mosReqObj: '<mosReqObj><objID>c</objID></mosReqObj>',
  mosReqAll: '<mosReqAll><pause>0</pause></mosReqAll>',
  mosListAll: `<mosListAll>${OBJECT}${OBJECT}</mosListAll>`,
  'an empty mosListAll': '<mosListAll/>',
  roAck:
    '<roAck><roID>r</roID><roStatus>OK</roStatus><storyID>1</storyID><itemID>2</itemID><objID>3</objID><status>LOADED</status>' +
    '<storyID>1</storyID><itemID>3</itemID><objID>3</objID><itemChannel>A</itemChannel><status>UNKNOWN</status></roAck>',
  roReq: '<roReq><roID>r</roID></roReq>',
  roList:
    '<roList><roID>r</roID><roSlug>s</roSlug><roEdDur>00:28:30</roEdDur><story><storyID>1</storyID><item><itemID>1</itemID>' +
    '<objID>o</objID><mosID>m</mosID><itemTrigger>MANUAL</itemTrigger></item></story></roList>',
  roReqAll: '<roReqAll/>',
  roListAll: '<roListAll><ro><roID>r</roID></ro></roListAll>',
  mosReqSearchableSchema: '<mosReqSearchableSchema username="kim"/>',
  mosListSearchableSchema: '<mosListSearchableSchema><mosSchema/></mosListSearchableSchema>',
  mosReqObjList:
    '<mosReqObjList><queryID>q</queryID><listReturnStart>1</listReturnStart><listReturnEnd/><generalSearch/><mosSchema/>' +
    '<searchGroup><searchField XPath="/a" sortByOrder="1"/></searchGroup></mosReqObjList>',
  mosObjList:
    '<mosObjList><queryID>q</queryID><listReturnStart>0</listReturnStart><listReturnEnd>0</listReturnEnd>' +
    '<listReturnTotal>0</listReturnTotal><listReturnStatus>none</listReturnStatus></mosObjList>',
};

describe('validateMessage', () => {
  for (const [what, body] of Object.entries(CLEAN)) {
    it(`finds nothing to say about ${what}`, () => {
      expect(judge(body)).to.deep.equal({ problems: [], notes: [] });
    });
  }

  const problems: [string, string, string[]][] = [
    ['a heartbeat without time', '<heartbeat/>', ['3 /mos/heartbeat: heartbeat lacks the required time']],
    ['an empty time', '<heartbeat><time/></heartbeat>', ['3 /mos/heartbeat/time: time is empty']],
    [
      'a time of another form',
      '<heartbeat>\n<time>02.03.2026 18:04</time></heartbeat>',
      [
        '4 /mos/heartbeat/time: time: "02.03.2026 18:04" is no date-time of the form YYYY-MM-DDThh:mm:ss[,ddd][Z or +hh:mm]',
      ],
    ],
    [
      'content in an empty message',
      '<reqMachInfo>x</reqMachInfo>',
      ['3 /mos/reqMachInfo: reqMachInfo must be empty'],
    ],
    [
      'an element of another message',
      '<heartbeat><time>2026-03-02T18:04:11</time><objID/></heartbeat>',
      ['3 /mos/heartbeat: objID has no place in heartbeat'],
    ],
    [
      'children out of order',
      '<mosAck><objID/><status>ACK</status><objRev/><statusDescription/></mosAck>',
      ['3 /mos/mosAck: objRev stands after status; it belongs before it'],
    ],
    [
      'a repeated child',
      '<mosReqObj><objID>1</objID><objID>2</objID></mosReqObj>',
      ['3 /mos/mosReqObj: mosReqObj holds objID more than once'],
    ],
    [
      'text beside elements',
      '<mosReqObj>x<objID>1</objID></mosReqObj>',
      ['3 /mos/mosReqObj: mosReqObj holds text beside its elements'],
    ],
    [
      'an unknown constant',
      '<mosAck><objID/><objRev/><status>nack</status><statusDescription/></mosAck>',
      ['3 /mos/mosAck/status: status: "nack" is none of ACK, NACK'],
    ],
    [
      'an attribute of another value, a missing attribute',
      INFO.replace('"MOS"', '"PROMPTER"').replace(' number="3"', ''),
      [
        '3 /mos/listMachInfo/supportedProfiles: supportedProfiles has the attribute deviceType with the value "PROMPTER", which is none of those allowed',
        '3 /mos/listMachInfo/supportedProfiles/mosProfile[4]: mosProfile lacks the attribute number',
      ],
    ],
    [
      'machine information without profiles',
      `<listMachInfo>${HEAD}<mosRev>2.8.5</mosRev></listMachInfo>`,
      ['3 /mos/listMachInfo: listMachInfo lacks the required supportedProfiles'],
    ],
    [
      'an element in an item of a repeated group that is missing',
      '<roAck><roID>r</roID><roStatus>OK</roStatus><storyID>1</storyID><status>LOADED</status></roAck>',
      [
        '3 /mos/roAck: storyID, itemID, objID, itemChannel, status of roAck do not stand together in this order',
      ],
    ],
    [
      'a text that is too long, a number out of range',
      OBJECT.replace('<objSlug>s<', `<objSlug>${'é'.repeat(129)}<`).replace('<objRev>3<', '<objRev>1000<'),
      [
        '3 /mos/mosObj/objSlug: objSlug: it has 129 characters; 128 are allowed',
        '3 /mos/mosObj/objRev: objRev: "1000" is outside of 0 to 999',
      ],
    ],
  ];
  for (const [what, body, expected] of problems) {
    it(`finds ${what}, with line and path`, () => {
      expect(judge(body)).to.deep.equal({ problems: expected, notes: [] });
    });
  }

  const notes: [string, string, RegExp][] = [
    [
      'unknown elements',
      INFO.replace('<model/>', '<model/><x-vendor><y/></x-vendor>'),
      /x-vendor is no element/,
    ],
    [
      'unknown attributes',
      CLEAN.heartbeat?.replace('<heartbeat', '<heartbeat a="1"') ?? '',
      /the attribute a,/,
    ],
    ['a period in a fraction', '<heartbeat><time>2026-03-02T18:04:11.250Z</time></heartbeat>', /a period/],
    [
      'profiles of the schema',
      INFO.replaceAll('YES', 'true').replaceAll('NO<', 'false<'),
      /typed|types it as boolean/,
    ],
    [
      'the schema’s spelling',
      INFO.replaceAll('supportedProfiles', 'SupportedProfiles'),
      /spelt as in the schema/,
    ],
    ['NOTREADY', OBJECT.replace('NOT READY', 'NOTREADY'), /without the space/],
    ['an unusual status', OBJECT.replace('>NEW<', '>FINISHED<'), /none of NEW/],
    [
      'roAck as the prose has it',
      '<roAck><roID/><roStatus>NACK</roStatus><status>NACK</status></roAck>',
      /as the prose/,
    ],
    [
      'an object of a list that lacks what the example lacks',
      `<mosListAll>${OBJECT.replace('<objTB>59.94</objTB>', '')}</mosListAll>`,
      /lacks the required objTB; so does/,
    ],
    ['blanks around a value', '<roReq><roID> r</roID></roReq>', /white space/],
    ['an empty opTime', INFO.replace('<mosRev>', '<opTime/><mosRev>'), /opTime is empty/],
    [
      'the flat form of the profiles',
      `<listMachInfo>${HEAD}<mosRev>2.8.5</mosRev><mosProfile0>YES</mosProfile0><mosProfile1>NO</mosProfile1></listMachInfo>`,
      /flat form/,
    ],
    ['a message without a table', '<roStorySend><roID/></roStorySend>', /in no table/],
    ['an unknown message', '<roUnknown/>', /in no table/],
  ];
  for (const [what, body, expected] of notes) {
    it(`only notes ${what}`, () => {
      const judged = judge(body);
      expect(judged.problems).to.deep.equal([]);
      expect(judged.notes[0]).to.match(expected);
    });
  }

  it('asks older revisions only for what they have', () => {
    const bare = `<listMachInfo>${HEAD}<mosRev>2.8.3</mosRev></listMachInfo>`;
    const flat = bare.replace('</listMachInfo>', '<mosProfile0>YES</mosProfile0></listMachInfo>');
    expect(judge(bare, '2.8.3')).to.deep.equal({ problems: [], notes: [] });
    expect(judge(flat, '2.8.3')).to.deep.equal({ problems: [], notes: [] });
    const path = OBJECT.replace('<createdBy/>', '<objPaths><objPath>x</objPath></objPaths><createdBy/>');
    expect(judge(path, '2.8.3').problems).to.deep.equal([]);
    expect(judge(path, '2.8.4').problems).to.have.length(1);
  });

  it('does not let one deviation hide another', () => {
    const judged = judge('<mosAck><objID/><status>no</status><objRev>x</objRev></mosAck>');
    expect(judged.problems).to.have.length(4);
  });

  it('says so when there is nothing to judge', () => {
    for (const text of ['<mos><heartbeat>', '<html/>', 'hello', '<mos/>']) {
      expect(validateMessage(decode(text), { revision: '2.8.5' }).problems).to.deep.equal([
        { text: 'the message could not be read', line: 1, path: '/', about: 'structure' },
      ]);
    }
  });

  it('judges the length of the IDs', () => {
    const text = `<mos><mosID>${'m'.repeat(129)}</mosID><ncsID>${'😀'.repeat(128)}</ncsID><messageID>1</messageID><reqMachInfo/></mos>`;
    expect(validateMessage(decode(text), { revision: '2.8.5' })).to.deep.equal({
      problems: [
        {
          text: 'mosID: it has 129 characters; 128 are allowed',
          line: 1,
          path: '/mos/mosID',
          about: 'value',
          wrong: { violation: 'value', name: 'mosID', value: 'm'.repeat(129) },
        },
      ],
      notes: [],
    });
  });

  it('judges a message without its envelope', () => {
    expect(validateMessage(decode('<heartbeat/>'), { revision: '2.8.5' }).problems).to.deep.equal([
      {
        text: 'heartbeat lacks the required time',
        line: 1,
        path: '/heartbeat',
        about: 'structure',
        wrong: { violation: 'missing', name: 'time' },
      },
    ]);
  });

  it('takes large lists, with the right line for each element', () => {
    const objects = Array.from({ length: 6000 }, (_, n) =>
      n === 5999 ? OBJECT.replace('>3<', '>x<') : OBJECT,
    );
    const judged = judge(`<mosListAll>\n${objects.join('\n')}</mosListAll>`);
    expect(judged.problems).to.deep.equal([
      '6003 /mos/mosListAll/mosObj[6000]/objRev: objRev: "x" is no number',
    ]);
  }).timeout(20_000);

  it('lists a bounded number of entries, however many there are', () => {
    const text = `<mos><mosListAll>${'<mosObj/><x/>'.repeat(120_000)}</mosListAll></mos>`;
    const judged = validateMessage(decode(text), { revision: '2.8.5' });
    expect(judged.problems).to.have.length(500);
    expect(judged.notes).to.have.length(500);
  }).timeout(60_000);

  it('knows the messages of plug-ins', () => {
    expect(judge('<ncsItem/>').notes).to.deep.equal([
      '3 /mos/ncsItem: ncsItem is not judged: it belongs to the plug-in interface of MOS and never travels over TCP',
    ]);
  });

  describe('the lists of revision 2.6', () => {
    const fields = OBJECT.replace(/<\/?mosObj>/g, '');

    it('need no element around an entry', () => {
      expect(judge(`<mosListAll>${fields}${fields}</mosListAll>`, '2.6').problems).to.deep.equal([]);
      expect(
        judge('<roListAll><roID>1</roID><roSlug>a</roSlug><roID>2</roID></roListAll>', '2.6').problems,
      ).to.deep.equal([]);
      expect(judge(`<mosListAll>${OBJECT}</mosListAll>`, '2.6').problems).to.deep.equal([]);
    });

    it('lack what an entry lacks, and are wrong in later revisions', () => {
      const [lacking] = judge('<mosListAll><objID>a</objID><created/></mosListAll>', '2.6').problems;
      expect(lacking).to.match(/^3 \/mos\/mosListAll\/objID: .*objSlug/);
      expect(judge(`<mosListAll>${fields}</mosListAll>`, '2.8.5').problems).to.not.deep.equal([]);
    });
  });
});
