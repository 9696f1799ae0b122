import { expect } from 'chai';
import { msToUs } from '../../src/history/clock.ts';
import { closeOutcome } from '../../src/judge/outcome.ts';
import { actualOf } from '../../src/judge/judgement.ts';
import { judgeReleased } from '../../src/judge/released.ts';
import { viewAfter, type Line } from './facts.ts';

const RELEASE_US = msToUs(5_000);

/** Both ends were seen alive. */
const OPEN: Line[] = [
  [0, 'connected'],
  [0, 'ncs', 'ESTABLISHED'],
  [0, 'device', 'ESTABLISHED'],
];

/** Only our end was. */
const OPEN_HERE: Line[] = [
  [0, 'connected'],
  [0, 'ncs', 'ESTABLISHED'],
];

function both(lines: Line[], endedMsAgo = 0): { standing: string; outcome: string; means: string[] } {
  const view = viewAfter(lines, endedMsAgo);
  const { standing, means } = judgeReleased(view, { ends: 'both' });
  return { standing, outcome: closeOutcome(view, RELEASE_US).outcome, means };
}

describe('release of a connection', () => {
  it('holds in TIME_WAIT here with nothing at the device', () => {
    const story: Line[] = [...OPEN, [10, 'close'], [12, 'ncs', 'TIME_WAIT'], [12, 'device', 'none']];
    expect(both(story)).to.deep.equal({ standing: 'holds', outcome: 'clean', means: ['sock_diag'] });
  });

  it('waits in FIN_WAIT_2 here and CLOSE_WAIT at the device', () => {
    const story: Line[] = [...OPEN, [10, 'close'], [12, 'ncs', 'FIN_WAIT_2'], [12, 'device', 'CLOSE_WAIT']];
    expect(both(story, 6_000)).to.include({ standing: 'pending', outcome: 'never closed' });
    expect(both(story, 1_000)).to.include({ standing: 'pending', outcome: 'unknown' });
  });

  it('is left undecided where our FIN was never acknowledged and the device never had the connection', () => {
    const unheard: Line[] = [...OPEN_HERE, [10, 'close'], [12, 'ncs', 'FIN_WAIT_1']];
    const judged = judgeReleased(viewAfter(unheard, 6_000), { ends: 'both' });
    expect(judged.standing).to.equal('pending');
    expect(judged)
      .to.have.property('undecided')
      .that.matches(/^our FIN was not acknowledged/);
    const seen: Line[] = [...OPEN, [10, 'close'], [12, 'ncs', 'FIN_WAIT_1'], [12, 'device', 'ESTABLISHED']];
    expect(judgeReleased(viewAfter(seen, 6_000), { ends: 'both' })).not.to.have.property('undecided');
  });

  it('is inferred from TIME_WAIT here where the device cannot be seen', () => {
    const story: Line[] = [...OPEN_HERE, [10, 'close'], [12, 'ncs', 'TIME_WAIT']];
    expect(both(story)).to.deep.equal({
      standing: 'holds',
      outcome: 'clean',
      means: ['sock_diag', 'inference'],
    });
  });

  it('is not believed while CLOSE_WAIT is observed, whatever our end says', () => {
    const story: Line[] = [...OPEN, [10, 'close'], [12, 'ncs', 'none'], [12, 'device', 'CLOSE_WAIT']];
    expect(both(story, 6_000).standing).to.equal('pending');
  });

  it('tells a late FIN from one in time', () => {
    const story: Line[] = [...OPEN, [10, 'close'], [8_010, 'ncs', 'TIME_WAIT'], [8_010, 'device', 'none']];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'late' });
  });

  it('holds when the device closed first', () => {
    const story: Line[] = [
      ...OPEN,
      [5, 'fin'],
      [6, 'ncs', 'CLOSE_WAIT'],
      [10, 'close'],
      [11, 'ncs', 'none'],
      [11, 'device', 'TIME_WAIT'],
    ];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'clean' });
  });

  it('is clean when the FIN of the device crosses ours', () => {
    const story: Line[] = [
      ...OPEN,
      [10, 'half-close'],
      [10, 'fin'],
      [11, 'ncs', 'none'],
      [11, 'device', 'TIME_WAIT'],
    ];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'clean' });
  });

  it('names a reset of the device', () => {
    const story: Line[] = [
      ...OPEN,
      [10, 'half-close'],
      [12, 'reset'],
      [12, 'ncs', 'none'],
      [12, 'device', 'none'],
    ];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'reset by device' });
  });

  it('waits for the word of our descriptor where our socket is gone and it is still open', () => {
    const gone: Line[] = [...OPEN_HERE, [10, 'half-close'], [12, 'ncs', 'none']];
    expect(both(gone)).to.include({ standing: 'pending', outcome: 'unknown' });
    expect(both([...gone, [13, 'fin']])).to.include({ standing: 'holds', outcome: 'clean' });
    expect(both([...gone, [13, 'reset']])).to.include({ standing: 'holds', outcome: 'reset by device' });
    const silent = judgeReleased(viewAfter(gone, 6_000), { ends: 'both' });
    expect(silent)
      .to.have.property('undecided')
      .that.matches(/^our socket is gone, and nothing said/);
  });

  it('does not wait for a word that nobody reads', () => {
    const paused: Line[] = [...OPEN_HERE, [5, 'pause-reading'], [10, 'half-close'], [12, 'ncs', 'none']];
    expect(both(paused).standing).to.equal('holds');
  });

  it('does not name a reset where a FIN of the device may have come before our close, unread', () => {
    const story: Line[] = [...OPEN_HERE, [10, 'close'], [12, 'ncs', 'none']];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'unknown' });
    const waited: Line[] = [...OPEN_HERE, [10, 'close'], [11, 'ncs', 'FIN_WAIT_2'], [12, 'ncs', 'none']];
    expect(both(waited)).to.include({ standing: 'holds', outcome: 'reset by device' });
  });

  it('names a reset that libuv took for an ordinary end', () => {
    const story: Line[] = [
      ...OPEN,
      [10, 'half-close'],
      [12, 'fin'],
      [12, 'ncs', 'none'],
      [12, 'device', 'none'],
    ];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'reset by device' });
  });

  it('charges a reset to us when a reply met our closed socket', () => {
    const story: Line[] = [...OPEN, [5, 'send'], [10, 'close'], [12, 'ncs', 'none'], [12, 'device', 'none']];
    expect(both(story)).to.include({ standing: 'holds', outcome: 'reset by us' });
  });

  it('does not take an expired orphan for a release', () => {
    const story: Line[] = [...OPEN_HERE, [10, 'close'], [12, 'ncs', 'FIN_WAIT_2'], [61_000, 'ncs', 'none']];
    expect(both(story).standing).to.equal('refuted');
  });

  it('goes by the descriptor where no observer sees anything', () => {
    expect(
      both([
        [0, 'connected'],
        [10, 'half-close'],
        [12, 'fin'],
      ]),
    ).to.include({ standing: 'holds', outcome: 'clean' });
    expect(
      both(
        [
          [0, 'connected'],
          [10, 'half-close'],
        ],
        6_000,
      ).standing,
    ).to.equal('pending');
    expect(
      both([
        [0, 'connected'],
        [10, 'close'],
      ]).standing,
    ).to.equal('unobservable');
  });

  it("is told with the states of both ends where the device's is inferred, whichever end is asked for", () => {
    const view = viewAfter([...OPEN_HERE, [10, 'close'], [12, 'ncs', 'FIN_WAIT_2']], 6_000);
    for (const ends of ['device', 'both'] as const) {
      expect(actualOf(judgeReleased(view, { ends }))).to.match(
        /^FIN_WAIT_2 here 6\.\d+ s after our FIN, so CLOSE_WAIT at the device \(inferred\)$/,
      );
    }
  });

  it('says that we have not closed, and of no FIN of ours', () => {
    expect(actualOf(judgeReleased(viewAfter(OPEN), { ends: 'both' }))).to.equal('the NCS has not closed it');
  });

  it('is not owed before we have closed, whether or not the device has', () => {
    const closedByDevice: Line[] = [...OPEN_HERE, [10, 'fin'], [12, 'ncs', 'CLOSE_WAIT']];
    for (const seen of [OPEN, closedByDevice]) {
      expect(judgeReleased(viewAfter(seen, 6_000), { ends: 'both' }))
        .to.have.property('undecided')
        .that.equals('the device owes no release before that');
    }
  });

  it('proves nothing about a device behind a proxy', () => {
    const view = viewAfter([...OPEN_HERE, [10, 'close'], [12, 'ncs', 'TIME_WAIT']]);
    expect(judgeReleased(view, { ends: 'device', proxied: true }).standing).to.equal('unobservable');
    expect(judgeReleased(view, { ends: 'both', proxied: true }).standing).to.equal('holds');
  });
});
