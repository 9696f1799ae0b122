import { expect } from 'chai';
import type { MessageFact } from '../../src/history/facts.ts';
import { indentXml } from '../../src/report/indent-xml.ts';
import { formatMessage, groupFindings } from '../../src/report/messages.ts';
import { HEARTBEAT } from './sample-facts.ts';

const FACT: MessageFact = {
  kind: 'message',
  us: 4_012_300,
  connection: 'ncs',
  direction: 'received',
  name: 'heartbeat',
  messageID: '12',
  bytes: 332,
  encoding: 'UTF-8',
  text: HEARTBEAT,
  label: 'r1',
  answers: 'q1',
  findings: [{ id: 'utf-8', text: 'The message is UTF-8, not UCS-2.' }],
};

describe('a message in a log', () => {
  it('stands with time, direction, encoding, bytes and findings above its XML', () => {
    expect(formatMessage(FACT, { startedUs: 4_000_000 })).to.equal(
      [
        '12.3 ms received heartbeat, on ncs, as r1, messageID 12, answers q1 (332 bytes, UTF-8)',
        '  finding utf-8: The message is UTF-8, not UCS-2.',
        '  <mos>',
        '    <mosID>server.station.example</mosID>',
        '    <ncsID>ncs.station.example</ncsID>',
        '    <messageID>12</messageID>',
        '    <heartbeat>',
        '      <time>2026-01-31T14:05:09</time>',
        '    </heartbeat>',
        '  </mos>',
      ].join('\n'),
    );
  });

  it('is safe and bounded', () => {
    const text = formatMessage(
      { ...FACT, name: 'a\nb\u001b', text: `<a>\u001b[2J\u202e${'x'.repeat(1e6)}` },
      { startedUs: 0 },
    );
    expect(text.length).to.be.lessThan(6000);
    expect(text).not.to.match(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('counts findings that repeat instead of listing them', () => {
    const other = { ...FACT, findings: [{ id: 'bom', text: 'A BOM.' }] };
    expect(groupFindings([other, FACT, FACT])).to.deep.equal([
      { id: 'utf-8', text: 'The message is UTF-8, not UCS-2.', count: 2 },
      { id: 'bom', text: 'A BOM.', count: 1 },
    ]);
  });
});

describe('indented XML', () => {
  it('keeps everything but white space between tags', () => {
    const cases = [
      '<a><b/><c></c><!-- x --><d>1</d></a>',
      '<a',
      'text',
      '<a></b></c><d>',
      '<?xml version="1.0"?><a x="1">t<b>u</b>v</a>',
      '<![CDATA[<x>]]>',
      '<<>>',
    ];
    for (const text of cases) expect(indentXml(text).replace(/\n */g, '')).to.equal(text);
  });

  it('bears depth and length', () => {
    const deep = `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`;
    expect(indentXml(deep).length).to.be.lessThan(deep.length * 20);
  });
});
