import { expect } from 'chai';
import { symptom } from '../../src/history/symptoms.ts';
import { FORM_CHECKS, type DeclaredForm, type FormCheckName } from '../../src/checks/wire.ts';
import { decodeFrame } from '../../src/wire/decode.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { Framer } from '../../src/wire/framer.ts';
import type { DecodedMessage, Encoding } from '../../src/wire/types.ts';

const DECLARED: DeclaredForm = { encoding: 'ucs-2be', revision: '2.8.5' };
const GOOD = mos('<heartbeat><time>2026-03-02T18:04:11</time></heartbeat>');

function mos(body: string): string {
  return `<mos><mosID>d</mosID><ncsID>n</ncsID><messageID>1</messageID>${body}</mos>`;
}

function received(bytes: Buffer, expected: Encoding = 'ucs-2be'): DecodedMessage {
  const framer = new Framer({ expect: expected });
  const [frame] = [...framer.push(bytes), ...framer.end()];
  if (!frame) throw new Error('no message');
  return decodeFrame(frame);
}

function read(text: string): DecodedMessage {
  return received(encodeText(text, 'ucs-2be'));
}

/** The names of the checks that a message does not stand up to. */
function failing(message: DecodedMessage, declared = DECLARED): FormCheckName[] {
  const names = Object.keys(FORM_CHECKS) as FormCheckName[];
  return names.filter((name) => FORM_CHECKS[name].judge(message, declared).deviations.length > 0);
}

describe('checks of the form of received messages', () => {
  it('find nothing in a good message', () => {
    expect(failing(read(GOOD))).to.deep.equal([]);
  });

  const deviations: Record<string, [DecodedMessage, FormCheckName[]]> = {
    'little-endian': [received(encodeText(GOOD, 'ucs-2le')), ['encoding']],
    'UTF-8': [received(encodeText(GOOD, 'utf-8')), ['encoding']],
    'a byte order mark': [received(encodeText(GOOD, 'ucs-2be', { bom: true })), ['no-byte-order-mark']],
    'a message cut off': [read(GOOD.slice(0, -6)), ['well-formed']],
    'a message without its second half': [read(GOOD.slice(0, 90)), ['well-formed']],
    'an ampersand that is not escaped': [read(GOOD.replace('<time>', '<x>a & b</x><time>')), ['well-formed']],
    'text before the message': [read(`hello ${GOOD}`), ['well-formed']],
    'another kind of document': [read('<html><p>x</p></html>'), ['well-formed']],
    'a tag in the wrong case': [read(GOOD.replaceAll('time>', 'Time>')), ['spelling']],
    'a message in the wrong case': [read(GOOD.replaceAll('heartbeat>', 'HeartBeat>')), ['spelling']],
    'a missing child': [read(mos('<heartbeat/>')), ['content']],
    'a time that is none': [read(GOOD.replace('2026-03-02T', 'Monday ')), ['values']],
    'a constant in the wrong case': [read(machineInformation('yes')), ['spelling']],
    'a tag of its own': [read(GOOD.replace('</heartbeat>', '<x-own/></heartbeat>')), []],
    'a tag of its own that looks like one of another message': [
      read(GOOD.replace('</heartbeat>', '<RoID>x</RoID></heartbeat>')),
      [],
    ],
  };
  for (const [what, [message, names]] of Object.entries(deviations)) {
    it(`charge ${what} to ${names.join(', ') || 'nothing'} alone`, () => {
      expect(failing(message)).to.deep.equal(names);
    });
  }

  it('weaken UTF-8 to a should where the device file declares it', () => {
    const message = received(encodeText(GOOD, 'utf-8'), 'utf-8');
    const declared: DeclaredForm = { ...DECLARED, encoding: 'utf-8' };
    const quote = 'The messages are written in UTF-8, as the device file declares.';
    expect(FORM_CHECKS.encoding.judge(message, declared).deviations).to.deep.equal([
      { symptom: symptom('wrong-encoding', { finding: 'utf-8', quote }), level: 'should' },
    ]);
    expect(failing(message, declared)).to.deep.equal(['encoding']);
  });

  it('note the other side of a contradiction instead of charging it', () => {
    const message = read(machineInformation('YES').replaceAll('supportedProfiles', 'SupportedProfiles'));
    expect(failing(message)).to.deep.equal([]);
    expect(FORM_CHECKS.content.judge(message, DECLARED).notes?.join()).to.contain('SupportedProfiles');
    expect(FORM_CHECKS.spelling.judge(message, DECLARED).notes?.join()).to.contain('SupportedProfiles');
  });

  it('leave what cannot be read to the check of well-formedness', () => {
    const cut = read(GOOD.slice(0, 90));
    expect(FORM_CHECKS.content.judge(cut, DECLARED).unjudged).to.be.a('string');
    expect(FORM_CHECKS.values.judge(cut, DECLARED).unjudged).to.be.a('string');
  });
});

function machineInformation(claim: string): string {
  const fields = ['manufacturer', 'model', 'hwRev', 'swRev', 'DOM', 'SN', 'ID'].map(
    (name) => `<${name}>x</${name}>`,
  );
  const profiles = Array.from(
    { length: 8 },
    (_, number) => `<mosProfile number="${number}">${claim}</mosProfile>`,
  );
  return mos(
    `<listMachInfo>${fields.join('')}<time>2026-03-02T18:04:11</time><mosRev>2.8.5</mosRev>` +
      `<supportedProfiles deviceType="MOS">${profiles.join('')}</supportedProfiles></listMachInfo>`,
  );
}
