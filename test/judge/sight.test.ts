import { expect } from 'chai';
import type { Means } from '../../src/history/facts.ts';
import { measured, symptom, type Particulars } from '../../src/history/symptoms.ts';
import { failed, notObservable, passed } from '../../src/judge/concluded.ts';
import { doubtAbout, type Sight } from '../../src/judge/sight.ts';

function sight(blind: Sight['blind']): () => Sight {
  return () => ({ blind, lagUs: 0, whyNotAbsent: () => undefined });
}

/** A release that did not come about, as it was seen at these ends. */
function leak(states: Particulars['states'], means: Means[] = ['sock_diag'], inferred?: true) {
  const particulars = { ...(states && { states }), ...(inferred && { inferred }) };
  return failed(measured('never-closed', { afterUs: 1 }, particulars), { means });
}

describe('doubt about what was seen', () => {
  const atDevice = sight({ device: 'the line is dead' });
  const here = sight({ ncs: 'netlink is gone' });

  it('falls on what was seen at the end that can no longer be seen, and on nothing else', () => {
    const dead = "the device's end could no longer be seen (the line is dead)";
    const gone = 'our end could no longer be seen (netlink is gone)';
    expect(doubtAbout(leak({ device: 'CLOSE_WAIT' }), atDevice)).to.equal(dead);
    expect(doubtAbout(leak({ ncs: 'FIN_WAIT_2' }), atDevice)).to.equal(undefined);
    expect(doubtAbout(leak({ ncs: 'FIN_WAIT_2' }), here)).to.equal(gone);
    expect(doubtAbout(leak({ device: 'CLOSE_WAIT' }), here)).to.equal(undefined);
    expect(doubtAbout(leak({ ncs: 'FIN_WAIT_2', device: 'CLOSE_WAIT' }), here)).to.equal(gone);
  });

  it('falls on what was inferred where our end, from which it was, can no longer be seen', () => {
    const inferred = leak({ ncs: 'FIN_WAIT_2', device: 'CLOSE_WAIT' }, ['inference'], true);
    expect(doubtAbout(inferred, here)).to.equal('our end could no longer be seen (netlink is gone)');
    expect(doubtAbout(inferred, atDevice)).to.equal(undefined);
  });

  it('falls on a failure that does not say at which end it was seen, wherever nothing is seen', () => {
    const late = failed(symptom('state-not-reached'), { means: ['sock_diag'] });
    expect(doubtAbout(late, atDevice)).to.match(/^the device's end could no longer be seen/);
    expect(doubtAbout(late, here)).to.match(/^our end could no longer be seen/);
  });

  it('falls on what could not be observed, and says why at each end', () => {
    const unseen = notObservable('nothing here sees it');
    expect(doubtAbout(unseen, sight({}))).to.equal(undefined);
    expect(doubtAbout(unseen, atDevice)).to.equal("the device's end could not be seen (the line is dead)");
    expect(doubtAbout(unseen, sight({ ncs: 'netlink is gone', device: 'the line is dead' }))).to.equal(
      "our end could not be seen (netlink is gone), the device's end could not be seen (the line is dead)",
    );
    expect(doubtAbout(unseen, sight({ ncs: 'netlink is gone', device: 'netlink is gone' }))).to.equal(
      'both ends could not be seen (netlink is gone)',
    );
  });

  it('never falls on what a descriptor said, nor on what passed', () => {
    expect(doubtAbout(leak(undefined, ['descriptor']), here)).to.equal(undefined);
    expect(doubtAbout(passed('TIME_WAIT here', ['sock_diag']), here)).to.equal(undefined);
  });
});
