import { expect } from 'chai';
import { EXCHANGES, expectsAnswer, isAnswerTo, mayRefuse, portsOf } from '../../src/wire/answers.ts';
import { MESSAGE_NAMES } from '../../src/wire/message-names.ts';

describe('answers', () => {
  it('knows which message answers which', () => {
    const answers: [string, string][] = [
      ['heartbeat', 'heartbeat'],
      ['reqMachInfo', 'listMachInfo'],
      ['mosObj', 'mosAck'],
      ['mosReqObj', 'mosObj'],
      ['mosReqAll', 'mosAck'],
      ['mosListAll', 'mosAck'],
      ['mosItemReplace', 'roAck'],
      ['roCreate', 'roAck'],
      ['roReq', 'roList'],
      ['roReqAll', 'roListAll'],
      ['mosReqObjList', 'mosObjList'],
      ['mosReqSearchableSchema', 'mosListSearchableSchema'],
    ];
    for (const [request, reply] of answers) {
      expect(isAnswerTo(request, reply), request).to.equal('answer');
      expect(expectsAnswer(request)).to.equal(true);
    }
    for (const answer of ['listMachInfo', 'mosAck', 'roAck', 'roList', 'roListAll', 'mosObjList']) {
      expect(expectsAnswer(answer), answer).to.equal(false);
      expect(isAnswerTo(answer, 'mosAck')).to.equal('other');
    }
  });

  it('tells a refusal from an answer and from something else', () => {
    expect(isAnswerTo('mosReqObj', 'mosAck')).to.equal('refusal');
    expect(isAnswerTo('roReq', 'roAck')).to.equal('refusal');
    expect(isAnswerTo('heartbeat', 'mosAck')).to.equal('refusal');
    expect(isAnswerTo('roUnknown', 'mosAck')).to.equal('refusal');
    expect(isAnswerTo('roUnknown', 'roUnknown')).to.equal('other');
    expect(isAnswerTo('heartbeat', 'listMachInfo')).to.equal('other');
    expect(isAnswerTo('reqMachInfo', 'heartbeat')).to.equal('other');
  });

  it('knows where MOS allows a refusal', () => {
    expect(mayRefuse('mosReqObj', 'mosAck')).to.equal(true);
    expect(mayRefuse('roReq', 'roAck')).to.equal(true);
    expect(mayRefuse('roReq', 'mosAck')).to.equal(false);
    expect(mayRefuse('heartbeat', 'mosAck')).to.equal(false);
    expect(mayRefuse('roUnknown', 'mosAck')).to.equal(false);
  });

  it('knows the port of every message', () => {
    for (const name of MESSAGE_NAMES) expect(portsOf(name), name).not.to.deep.equal([]);
    expect(portsOf('heartbeat')).to.deep.equal(['lower', 'upper']);
    expect(portsOf('mosItemReplace')).to.deep.equal(['upper']);
    expect(portsOf('mosReqObjList')).to.deep.equal(['query']);
    expect(portsOf('roUnknown')).to.deep.equal([]);
  });

  it('names only messages that have a row of their own', () => {
    for (const { answer, refusals = [] } of Object.values(EXCHANGES)) {
      for (const name of answer ? [answer, ...refusals] : refusals) expect(MESSAGE_NAMES).to.include(name);
    }
  });
});
