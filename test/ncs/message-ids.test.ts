import { expect } from 'chai';
import { messageIdAfter, MessageIds } from '../../src/ncs/message-ids.ts';

describe('messageIDs of the NCS', () => {
  it('start with ten digits, with room below the largest', () => {
    expect(new MessageIds(0).next()).to.equal(1_000_000_000);
    expect(new MessageIds(5_999_999_999).next()).to.equal(1_999_999_999);
  });

  it('begin beyond those of a campaign that began before', () => {
    const early = new MessageIds(1_800_000_000_000);
    const late = new MessageIds(1_800_000_010_000);
    for (let sent = 0; sent < 9_999; sent++) early.next();
    expect(late.next()).to.be.greaterThan(early.next());
  });

  it('grow by one, and say what comes next without taking it', () => {
    const ids = new MessageIds(5);
    const first = ids.next();
    expect(ids.upcoming).to.equal(first + 1);
    expect([ids.next(), ids.next()]).to.deep.equal([first + 1, first + 2]);
  });

  it('are left to whoever counts on', () => {
    const ids = new MessageIds(5);
    const first = ids.next();
    ids.leave(3);
    expect(ids.next()).to.equal(first + 4);
    expect([messageIdAfter(first), messageIdAfter(2_147_483_647)]).to.deep.equal([first + 1, 1]);
  });
});
