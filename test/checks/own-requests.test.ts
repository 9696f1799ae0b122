import { expect } from 'chai';
import { sentenceOf } from '../../src/judge/sentences/sentence.ts';
import { msToUs } from '../../src/history/clock.ts';
import type { MessageFact } from '../../src/history/facts.ts';
import { OWN_CHECKS, readOwnTraffic } from '../../src/checks/own-requests.ts';

const ECHO_US = msToUs(200);

/** `[ms, name, messageID]` is received, with `true` behind it sent in answer. */
type Line = [ms: number, name: string, messageID?: string, answer?: true];

function story(lines: readonly Line[]): MessageFact[] {
  return lines.map(([ms, name, messageID, answer]) => ({
    kind: 'message',
    us: msToUs(ms),
    connection: 'call',
    direction: answer ? 'sent' : 'received',
    name,
    ...(messageID !== undefined && { messageID }),
    ...(answer && { answers: messageID ?? '' }),
    bytes: 100,
    encoding: 'ucs-2be',
    text: '',
  }));
}

function found(check: keyof typeof OWN_CHECKS, lines: readonly Line[], to?: string): string[] {
  const traffic = readOwnTraffic(story(lines), ECHO_US);
  return OWN_CHECKS[check].find(traffic, to).map(({ symptom, level }) => {
    const text = sentenceOf(symptom);
    return level ? `${text} (${level})` : text;
  });
}

const BEAT = (ms: number, id: string): Line[] => [
  [ms, 'heartbeat', id],
  [ms + 1, 'heartbeat', id, true],
];

describe('what a device sends of its own accord', () => {
  it('is fine with numbers that grow, gaps and the turn to 1 included', () => {
    const lines = [...BEAT(0, '7'), ...BEAT(1_000, '9'), ...BEAT(2_000, '2147483647'), ...BEAT(3_000, '1')];
    expect(found('counting', lines)).to.deep.equal([]);
    expect(found('message-ids', lines)).to.deep.equal([]);
  });

  it('must not use a number again, or a lower one', () => {
    expect(found('counting', [...BEAT(0, '7'), ...BEAT(1_000, '7')])).to.have.length(1);
    expect(found('counting', [...BEAT(0, '7'), ...BEAT(1_000, '5')])).to.have.length(1);
    expect(found('counting', [...BEAT(0, '7'), [50, 'reqMachInfo', '7']])).to.have.length(1);
  });

  it('may repeat what was not answered', () => {
    expect(
      found('counting', [
        [0, 'mosObj', '7'],
        [5_000, 'mosObj', '7'],
        [5_001, 'mosAck', '7', true],
      ]),
    ).to.deep.equal([]);
  });

  it('carries numbers in their range', () => {
    expect(found('message-ids', [[0, 'heartbeat']])).to.deep.equal(['heartbeat carries no messageID']);
    expect(found('message-ids', [[0, 'heartbeat', '4433250443']])).to.have.length(1);
    expect(found('message-ids', [[0, 'heartbeat', '0x1A']])).to.deep.equal([]);
  });

  it('does not come back to an answer of the NCS', () => {
    const loop: Line[] = [...BEAT(0, '7'), [2, 'heartbeat', '7']];
    expect(found('answers-are-left', loop, 'heartbeat')).to.have.length(1);
    expect(found('answers-are-left', [...BEAT(0, '7'), ...BEAT(1_000, '8')], 'heartbeat')).to.deep.equal([]);
    const ack: Line[] = [
      [0, 'mosObj', '7'],
      [1, 'mosAck', '7', true],
      [5_000, 'mosAck', '7'],
    ];
    expect(found('answers-are-left', ack, 'acknowledged')).to.have.length(1);
    expect(found('answers-are-left', ack, 'heartbeat')).to.deep.equal([]);
  });

  it('waits for the answer before the next request, a heartbeat in between being a remark', () => {
    const early: Line[] = [
      [0, 'mosObj', '7'],
      [10, 'mosObj', '8'],
      [20, 'mosAck', '7', true],
    ];
    expect(found('one-at-a-time', early)).to.have.length(1);
    const beat = found('one-at-a-time', [
      [0, 'mosObj', '7'],
      [10, 'heartbeat', '8'],
    ]);
    expect(beat[0]).to.match(/\(should\)$/);
    expect(found('one-at-a-time', [...BEAT(0, '7'), ...BEAT(10, '8')])).to.deep.equal([]);
  });

  it('has regular heartbeats, if it has any', () => {
    const regular = [0, 30_000, 60_000, 91_000].flatMap((ms, index) => BEAT(ms, String(index + 1)));
    expect(found('regular', regular)).to.deep.equal([]);
    const irregular = [0, 1_000, 60_000, 61_000].flatMap((ms, index) => BEAT(ms, String(index + 1)));
    expect(found('regular', irregular)).to.have.length(1);
    expect(OWN_CHECKS.regular.enough(readOwnTraffic(story(regular.slice(0, 4)), ECHO_US))).to.equal(false);
  });
});
