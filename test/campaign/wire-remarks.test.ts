import { expect } from 'chai';
import { wireRemarks } from '../../src/campaign/wire-remarks.ts';
import { digestOf } from '../../src/report/digest.ts';
import type { Fact, WireFinding } from '../../src/history/facts.ts';
import { symptom, type Symptom } from '../../src/history/symptoms.ts';
import type { AssertionResult, TestRecord } from '../../src/results/results.ts';
import { sampleTest } from '../report/sample-tests.ts';

const MARK = { id: 'byte-order-mark', text: 'A byte order mark stands before the message.' };

function message(direction: 'sent' | 'received', findings: WireFinding[]): Fact {
  return {
    us: 1,
    kind: 'message',
    direction,
    name: 'heartbeat',
    bytes: 2,
    encoding: 'ucs-2be',
    text: '',
    findings,
  };
}

function record(key: string, facts: Fact[], failed: Symptom[] = []): TestRecord {
  const assertions = failed.map(
    (one) =>
      ({
        outcome: 'fail',
        symptom: one,
        means: [],
        connections: [] as string[],
      }) as unknown as AssertionResult,
  );
  return { result: sampleTest(key, { assertions }), facts, source: '' };
}

describe('wireRemarks', () => {
  it('tells each kind of oddity once, with the number of messages and the tests', () => {
    const records = [
      record('A@lower', [message('received', [MARK]), message('received', [MARK])]),
      record('B@upper', [message('received', [MARK]), message('sent', [MARK])]),
    ];
    expect(wireRemarks(records.map(digestOf))).to.deep.equal([
      { text: `${MARK.text} (3 messages)`, tests: ['A@lower', 'B@upper'] },
    ]);
  });

  it('leaves to the tests what depends on what was asked, and what they have charged already', () => {
    const missing = { id: 'missing-message-id', text: 'The envelope holds no messageID.' };
    const records = [
      record('A@lower', [message('received', [missing])]),
      record('B@lower', [message('received', [MARK])], [symptom('byte-order-mark', { finding: MARK.id })]),
    ];
    expect(wireRemarks(records.map(digestOf))).to.deep.equal([]);
  });

  it('leaves to a test the finding that it has charged, and no other', () => {
    const junk = { id: 'junk-before-message', text: 'Text stands before the message.' };
    const wrongCase = { id: 'wrong-case', text: 'The message is spelt HEARTBEAT.' };
    const records = [
      record('A@lower', [message('received', [junk, MARK, wrongCase])]),
      record('B@lower', [], [symptom('broken-form', { finding: junk.id }), symptom('misspelt')]),
    ];
    expect(wireRemarks(records.map(digestOf))).to.deep.equal([
      { text: `${MARK.text} (one message)`, tests: ['A@lower'] },
    ]);
  });
});
