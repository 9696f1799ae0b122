import { expect } from 'chai';
import { sentenceOf } from '../../src/judge/sentences/sentence.ts';
import type { Received, Request } from '../../src/ncs/requests.ts';
import type { CheckName } from '../../src/suite/checks.ts';
import type { CheckSubject, Declared, Deviation } from '../../src/checks/check.ts';
import { PROFILE_0_CHECKS } from '../../src/checks/registry.ts';
import { decodeFrame } from '../../src/wire/decode.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { Framer } from '../../src/wire/framer.ts';

const DECLARED: Declared = {
  mosId: 'prompter.mos',
  ncsId: 'news.ncs',
  revision: '2.8.5',
  profiles: [0, 1],
  ports: ['lower', 'upper'],
  replyMs: 10_000,
};

const ENVELOPE = '<mosID>prompter.mos</mosID><ncsID>news.ncs</ncsID><messageID>26</messageID>';
const HEARTBEAT = '<heartbeat><time>2026-03-02T18:04:11</time></heartbeat>';

function request(name: string, messageNumber?: number): Request {
  return {
    label: 'q',
    name,
    sentUs: 0,
    answers: [],
    ...(messageNumber !== undefined && { messageNumber }),
  };
}

function read(text: string, asked: Request = request('heartbeat', 26), us = 1_000): Received {
  const [frame] = new Framer().push(encodeText(text, 'ucs-2be'));
  if (!frame) throw new Error('no message');
  const received: Received = { message: decodeFrame(frame), us, request: asked };
  asked.answers.push(received);
  return received;
}

function mos(body: string, envelope = ENVELOPE): string {
  return `<mos>${envelope}${body}</mos>`;
}

interface Info {
  profiles?: string;
  time?: string;
  opTime?: string;
  mosRev?: string;
  extra?: string;
}

const YES_NO = (yes: readonly number[], numbers = [0, 1, 2, 3, 4, 5, 6, 7]): string =>
  numbers
    .map((one) => `<mosProfile number="${one}">${yes.includes(one) ? 'YES' : 'NO'}</mosProfile>`)
    .join('');

function block(yes: readonly number[], deviceType = 'MOS'): string {
  return `<supportedProfiles deviceType="${deviceType}">${YES_NO(yes)}</supportedProfiles>`;
}

function machine({ profiles, time, opTime, mosRev = '2.8.5', extra = '' }: Info = {}): Received {
  const now = time ?? new Date().toISOString().replace('.', ',');
  const body =
    '<manufacturer>A</manufacturer><model>B</model><hwRev/><swRev>1</swRev><DOM/><SN>7</SN><ID>prompter.mos</ID>' +
    `<time>${now}</time>${opTime === undefined ? '' : `<opTime>${opTime}</opTime>`}<mosRev>${mosRev}</mosRev>` +
    (profiles ?? block([0, 1])) +
    extra;
  const asked = request('reqMachInfo', 26);
  return read(mos(`<listMachInfo>${body}</listMachInfo>`), asked, performance.now() * 1_000);
}

function find(
  check: CheckName,
  received: Received,
  changes: Partial<Declared> = {},
  like?: Received,
): Deviation[] {
  const subject: CheckSubject = { received, declared: { ...DECLARED, ...changes }, ...(like && { like }) };
  return PROFILE_0_CHECKS[check].find(subject);
}

function texts(found: readonly Deviation[]): string[] {
  return found.map(({ symptom, level }) => {
    const text = sentenceOf(symptom);
    return level === undefined ? text : `${text} (${level})`;
  });
}

describe('checks of the envelope', () => {
  it('find nothing in a good reply', () => {
    const reply = read(mos(HEARTBEAT));
    for (const check of ['ids', 'envelope-order', 'one-message', 'echo', 'answer-type'] as const) {
      expect(find(check, reply), check).to.deep.equal([]);
    }
  });

  it('tell exchanged IDs from wrong, empty and missing ones', () => {
    const with_ = (ids: string): Deviation[] =>
      find('ids', read(mos(HEARTBEAT, `${ids}<messageID>26</messageID>`)));
    expect(texts(with_('<mosID>news.ncs</mosID><ncsID>prompter.mos</ncsID>'))[0]).to.contain('exchanged');
    expect(texts(with_('<mosID>Prompter.mos</mosID><ncsID>news.ncs</ncsID>'))).to.deep.equal([
      'mosID is "Prompter.mos" instead of "prompter.mos"',
    ]);
    expect(texts(with_('<mosID/>'))).to.deep.equal([
      'mosID is empty instead of "prompter.mos"',
      'the reply has no ncsID',
    ]);
  });

  it('take a messageID for what it counts, however it is written', () => {
    for (const id of ['26', '0x1A', 'x1a', '026']) {
      const reply = read(mos(HEARTBEAT, ENVELOPE.replace('>26<', `>${id}<`)));
      expect(find('echo', reply), id).to.deep.equal([]);
    }
    expect(texts(find('echo', read(mos(HEARTBEAT, ENVELOPE.replace('>26<', '>27<')))))[0]).to.contain(
      'carries messageID 27',
    );
    expect(texts(find('echo', read(mos(HEARTBEAT, '<mosID>p</mosID><ncsID>n</ncsID>'))))[0]).to.contain(
      'no messageID',
    );
  });

  it('let the right echo mend a message of the device that came before it', () => {
    const asked = request('heartbeat', 26);
    const own = read(mos(HEARTBEAT, ENVELOPE.replace('>26<', '>900<')), asked);
    expect(find('echo', own)).to.have.length(1);
    read(mos(HEARTBEAT), asked);
    expect(find('echo', own)).to.deep.equal([]);
  });

  it('know no echo of a request without messageID', () => {
    expect(find('echo', read(mos(HEARTBEAT), request('heartbeat')))).to.deep.equal([]);
  });

  it('count messages, and note what MOS does not know', () => {
    expect(texts(find('one-message', read(mos(HEARTBEAT + HEARTBEAT))))[0]).to.contain('2 message elements');
    expect(find('one-message', read(mos(`${HEARTBEAT}<vendor/>`)))[0]).to.include({ level: 'may' });
  });

  it('see the order of what MOS knows', () => {
    const swapped = '<ncsID>news.ncs</ncsID><mosID>prompter.mos</mosID><messageID>26</messageID>';
    expect(find('envelope-order', read(mos(HEARTBEAT, swapped)))).to.have.length(1);
    expect(find('envelope-order', read(mos(HEARTBEAT, `<vendor/>${ENVELOPE}`)))).to.deep.equal([]);
  });
});

describe('checks of answers', () => {
  const ack = (fields: string): string => mos(`<mosAck>${fields}</mosAck>`);
  const full = '<objID/><objRev/><status>NACK</status><statusDescription>unknown object</statusDescription>';

  it('allow the answer and the refusal of its family', () => {
    expect(find('answer-type', read(ack(full), request('mosReqObj')))).to.deep.equal([]);
    expect(
      find('answer-type', read(mos('<roAck><roID>1</roID></roAck>'), request('mosReqObj'))),
    ).to.have.length(1);
    expect(find('answer-type', read(ack(full), request('heartbeat')))).to.have.length(1);
    expect(find('answer-type', read(ack(full), request('x-unknown')))).to.deep.equal([]);
  });

  it('want a mosAck complete, its values perhaps empty', () => {
    expect(find('acknowledgement', read(ack(full)))).to.deep.equal([]);
    expect(
      texts(find('acknowledgement', read(ack('<objID/><status>ACK</status><statusDescription/>')))),
    ).to.deep.equal(['mosAck lacks the required objRev']);
    const misspelt = full.replaceAll('objRev', 'ObjRev');
    expect(find('acknowledgement', read(ack(misspelt)))).to.deep.equal([]);
  });

  it('want a reason with a refusal only', () => {
    const silent = full.replace('unknown object', '');
    expect(find('reason', read(ack(silent)))).to.have.length(1);
    expect(find('reason', read(ack(silent.replace('NACK', 'ACK'))))).to.deep.equal([]);
  });

  it('know a claimed message that is refused like one that does not exist, and no other', () => {
    const refusal = (name: string, words: string): Received =>
      read(mos(`<roAck><roID>1</roID><roStatus>${words}</roStatus></roAck>`), request(name));
    const unknown = refusal('roProbe', 'roProbe is not supported');
    expect(find('not-as-unknown', refusal('roReq', 'roReq is not supported'), {}, unknown)[0]).to.include({
      level: 'should',
    });
    expect(find('not-as-unknown', refusal('roReq', 'no such running order'), {}, unknown)).to.deep.equal([]);
    expect(find('not-as-unknown', refusal('roReq', 'NACK'), {}, refusal('roProbe', 'NACK'))).to.deep.equal(
      [],
    );
  });

  it('measure the time to the answer', () => {
    const late = read(mos(HEARTBEAT), request('heartbeat', 26), 61_000_000);
    expect(find('within-minute', late)).to.have.length(1);
    expect(find('in-time', read(mos(HEARTBEAT), request('heartbeat', 26), 11_000_000))).to.have.length(1);
    expect(find('in-time', read(mos(HEARTBEAT)))).to.deep.equal([]);
  });
});

describe('checks of heartbeats', () => {
  const beat = (inner: string): Received => read(mos(`<heartbeat>${inner}</heartbeat>`));

  it('want a time in one of its legal forms', () => {
    for (const time of ['2026-03-02T18:04:11', '2026-03-02T18:04:11Z', '2026-03-02T18:04:11,250+01:00']) {
      expect(find('heartbeat-time', beat(`<time>${time}</time>`)), time).to.deep.equal([]);
    }
    expect(find('heartbeat-time', beat('<time>2026-03-02T18:04:11.250</time>'))[0]).to.include({
      level: 'may',
    });
    expect(texts(find('heartbeat-time', beat('')))).to.deep.equal(['the heartbeat has no time']);
    expect(texts(find('heartbeat-time', beat('<time/>')))).to.deep.equal(["the heartbeat's time is empty"]);
    expect(find('heartbeat-time', beat('<time>noon</time>'))).to.have.length(1);
    expect(find('heartbeat-time', beat('<Time>2026-03-02T18:04:11</Time>'))).to.deep.equal([]);
  });

  it('note attributes and further elements', () => {
    expect(find('heartbeat-plain', read(mos(HEARTBEAT)))).to.deep.equal([]);
    const dressed = HEARTBEAT.replace('<heartbeat>', '<heartbeat a="1"><vendor/>');
    expect(find('heartbeat-plain', read(mos(dressed)))).to.have.length(2);
  });
});

describe('checks of machine information', () => {
  const ALL: readonly CheckName[] = [
    ...(['machine-info', 'machine-times', 'machine-values', 'profile-blocks', 'profile-answers'] as const),
    ...(['profile-minimum', 'profile-dependencies', 'active-x-modes', 'declared-revision'] as const),
    ...(['declared-profiles', 'declared-ports'] as const),
  ];

  function failing(received: Received, changes: Partial<Declared> = {}): string[] {
    return ALL.flatMap((check) =>
      find(check, received, changes).map(({ level }) => `${check}${level ? ` ${level}` : ''}`),
    );
  }

  it('find nothing in what is correct', () => {
    expect(failing(machine())).to.deep.equal([]);
    expect(
      failing(machine({ opTime: '2020-01-01T00:00:00', extra: '<vendorTag>x</vendorTag>' })),
    ).to.deep.equal([]);
    expect(failing(machine({ profiles: block([0, 1]) + block([0, 1, 2], 'NCS') }))).to.deep.equal([]);
  });

  it('tell what is missing from what is merely misspelt', () => {
    expect(failing(machine({ profiles: '' }))).to.deep.equal(['profile-blocks']);
    const without = machine();
    without.message = read(mos('<listMachInfo><ID>x</ID></listMachInfo>')).message;
    expect(find('machine-info', without)).to.have.length(8);
  });

  it('judge times, an empty opTime as a remark', () => {
    expect(failing(machine({ time: 'noon' }))).to.deep.equal(['machine-times']);
    expect(failing(machine({ time: '' }))).to.deep.equal(['machine-times']);
    expect(failing(machine({ opTime: '' }))).to.deep.equal(['machine-times should']);
    expect(failing(machine({ time: '1999-01-01T00:00:00Z' }))).to.deep.equal(['machine-values']);
    expect(failing(machine({ opTime: '2999-01-01T00:00:00Z' }))).to.deep.equal(['machine-values']);
  });

  it('accept both sides of the contradictions about profiles, with a note', () => {
    const schema = '<SupportedProfiles deviceType="MOS">' + YES_NO([0, 1]) + '</SupportedProfiles>';
    expect(failing(machine({ profiles: schema }))).to.deep.equal(['profile-blocks may']);
    const boolean = block([0, 1]).replaceAll('YES', 'true').replaceAll('NO', 'false');
    expect(new Set(failing(machine({ profiles: boolean })))).to.deep.equal(new Set(['profile-answers may']));
    const flat = [0, 1, 2, 3, 4, 5, 6, 7].map(
      (one) => `<mosProfile${one}>${one < 2 ? 'YES' : 'NO'}</mosProfile${one}>`,
    );
    expect(failing(machine({ profiles: flat.join('') }))).to.deep.equal(['profile-blocks may']);
    expect(
      failing(machine({ profiles: flat.join(''), mosRev: '2.8.3' }), { revision: '2.8.3' }),
    ).to.deep.equal([]);
    expect(failing(machine({ profiles: '', mosRev: '2.8' }), { revision: '2.8.0' })).to.deep.equal([]);
  });

  it('take a short list for a remark and a wrong one for a failure', () => {
    const short = `<supportedProfiles deviceType="MOS">${YES_NO([0, 1], [0, 1])}</supportedProfiles>`;
    expect(failing(machine({ profiles: short }))).to.deep.equal(['profile-answers should']);
    const twice = block([0, 1]).replace('number="7"', 'number="1"');
    expect(failing(machine({ profiles: twice }))).to.include('profile-answers');
    expect(failing(machine({ profiles: block([0, 1]).replace('YES', 'perhaps') }))).to.include(
      'profile-answers',
    );
    expect(failing(machine({ profiles: block([0, 1], 'NCS') }))).to.include('profile-blocks');
  });

  it('want Profile 0, another one, and those below', () => {
    expect(failing(machine({ profiles: block([0]) }), { profiles: [] })).to.deep.equal(['profile-minimum']);
    expect(failing(machine({ profiles: block([1]) }), { profiles: [] })).to.deep.equal([
      'profile-minimum',
      'profile-dependencies',
    ]);
    const gap = find('profile-dependencies', machine({ profiles: block([0, 1, 4]) }));
    expect(texts(gap)).to.deep.equal(['Profile 4 is claimed without Profile 2, which it builds on']);
  });

  it('compare with the device file where it says something', () => {
    const more = machine({ profiles: block([0, 1, 2]) });
    expect(failing(more)).to.deep.equal(['declared-profiles']);
    expect(failing(more, { profiles: [] })).to.deep.equal([]);
    expect(failing(machine(), { profiles: [0, 1, 2] })).to.deep.equal(['declared-profiles']);
    expect(failing(machine({ mosRev: '2.84' }), { revision: '2.8.4' })).to.deep.equal([]);
    expect(failing(machine({ mosRev: '2.8.2' }))).to.deep.equal(['declared-revision']);
    const search = machine({ profiles: block([0, 1, 2, 3]) });
    expect(failing(search, { profiles: [] })).to.deep.equal(['declared-ports should']);
    expect(failing(search, { profiles: [], ports: ['lower', 'upper', 'query'] })).to.deep.equal([]);
  });

  it('compare two claims, and nothing else of the two', () => {
    const other = machine({ profiles: block([0, 1, 2]), time: '2020-01-01T00:00:00' });
    expect(find('same-claim', machine(), {}, machine())).to.deep.equal([]);
    expect(texts(find('same-claim', machine(), {}, other))[0]).to.contain('claimed Profiles 0, 1, 2');
  });

  it('want each mode of defaultActiveX once', () => {
    const twice = '<defaultActiveX><mode>MODELESS</mode></defaultActiveX>'.repeat(2);
    expect(find('active-x-modes', machine({ extra: twice }))).to.have.length(1);
  });
});
