import { expect } from 'chai';
import type { Received } from '../../src/ncs/requests.ts';
import type { TestRun } from '../../src/scenario/run.ts';
import { field } from '../../src/scenario/steps/expect-message.ts';
import { Values } from '../../src/scenario/values.ts';
import type { ExpectationOf, StepOf } from '../../src/suite/model.ts';
import { parseXml } from '../../src/wire/xml.ts';
import { trialTarget } from '../campaign/trial.ts';

/** What is recorded of an expectation about the text at `listMachInfo/ID` of a message. */
function recorded(id: string, wanted: Partial<ExpectationOf<'path'>>): { expected: string; outcome: string } {
  const { root } = parseXml(`<listMachInfo><ID>${id}</ID></listMachInfo>`);
  const said: { expected: string; outcome: string }[] = [];
  const run = {
    receivedBy: new Map([['reply', { message: { body: root } } as unknown as Received]]),
    values: new Values(trialTarget({ ports: {} })),
    assert: ({ expected }: { expected: string }, { outcome }: { outcome: string }) =>
      said.push({ expected, outcome }),
  } as unknown as TestRun;
  const what = { kind: 'path', on: 'reply', path: 'listMachInfo/ID', ...wanted } as const;
  field(run, { covers: [] } as unknown as StepOf<'expect'>, what);
  return said[0]!;
}

describe('an expectation about the text at a path', () => {
  it('puts in what a parameter stands for, in a single text and in a list', () => {
    expect(recorded('a.mos', { equals: '$mosId' })).to.deep.equal({
      expected: 'listMachInfo/ID to be "a.mos"',
      outcome: 'pass',
    });
    expect(recorded('a.mos', { 'one-of': ['x', '$mosId'] })).to.deep.equal({
      expected: 'listMachInfo/ID to be one of x, a.mos',
      outcome: 'pass',
    });
    expect(recorded('$mosId', { 'one-of': ['x', '$mosId'] }).outcome).to.equal('fail');
  });
});
