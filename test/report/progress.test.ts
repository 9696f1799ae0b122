import { expect } from 'chai';
import { endedOf, Progress } from '../../src/report/progress.ts';
import { wantsColor } from '../../src/report/terminal.ts';
import { sampleTest } from './sample-tests.ts';
import { Kept } from './streams.ts';

/** What a terminal shows after these writes: the permanent lines and the live one. */
function screen(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.split(/\u001b\[1G\u001b\[2K/).at(-1) ?? '')
    .map((line) => line.replace(/\u001b\[\d+m/g, ''));
}

describe('progress', () => {
  const fail = {
    title: 'REL-02@lower closes',
    outcome: 'fail',
    reason: 'never closed',
    durationMs: 5016,
  } as const;
  const pass = { title: 'REL-01@lower closes', outcome: 'pass', durationMs: 12.3 } as const;

  it('is a line a test in a pipe, without colour or control characters', () => {
    const stream = new Kept();
    const progress = new Progress(stream, 'live', 3);
    progress.start('x');
    progress.end(pass);
    progress.end(fail);
    progress.end({ title: 'DC-01', outcome: 'skipped', reason: 'not applicable: why\u001b[2J' });
    progress.close();
    expect(stream.text).to.equal(
      'pass    REL-01@lower closes (12.3 ms)\nfail    REL-02@lower closes: never closed (5.02 s)\nskipped DC-01: not applicable: why[U+001B][2J\n',
    );
  });

  it('is one live line on a terminal, above it the failures', () => {
    const stream = new Kept(true);
    const progress = new Progress(stream, 'live', 3);
    progress.start(
      'REL-01@lower A connection with a title that is far too long for one line of this terminal',
    );
    progress.end(pass);
    progress.end(fail);
    progress.start('REL-03@lower 演播室演播室演播室演播室演播室演播室演播室演播室演播室');
    const lines = screen(stream.text);
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(/^fail {4}REL-02@lower closes: never closed/);
    expect(lines[1]).to.match(/^2\/3, 1 failed, 1 s {2}REL-03@lower .*…$/);
    progress.close();
    expect(screen(stream.text).at(-1)).to.equal('');
  });

  it('never draws wider than the terminal', () => {
    const stream = new Kept(true);
    stream.columns = 12;
    const progress = new Progress(stream, 'live', 300);
    progress.end(fail);
    progress.start('REL-03@lower');
    expect(screen(stream.text).at(-1)?.length).to.be.lessThan(12);
    progress.close();
  });

  it('says nothing when told so', () => {
    const stream = new Kept(true);
    const progress = new Progress(stream, 'none', 1);
    progress.start('x');
    progress.end(fail);
    progress.close();
    expect(stream.text).to.equal('');
  });

  it('tells a result by its verdict, level and applicability', () => {
    const of = (changes: object, strict = false): string =>
      endedOf(sampleTest('X-1', changes), strict).outcome;
    expect(of({})).to.equal('pass');
    expect(of({ verdict: 'fail' })).to.equal('fail');
    expect(of({ verdict: 'fail', level: 'should' })).to.equal('remark');
    expect(of({ verdict: 'fail', level: 'should' }, true)).to.equal('fail');
    expect(of({ verdict: 'fail', level: 'may' }, true)).to.equal('remark');
    expect(of({ verdict: 'none' })).to.equal('inconc');
    expect(of({ applicability: 'waived', verdict: 'none' })).to.equal('skipped');
  });
});

describe('colour', () => {
  it('is for terminals, and as NO_COLOR and FORCE_COLOR say', () => {
    expect(wantsColor({ isTTY: true }, {})).to.equal(true);
    expect(wantsColor({ isTTY: false }, {})).to.equal(false);
    expect(wantsColor({ isTTY: true }, { NO_COLOR: '1' })).to.equal(false);
    expect(wantsColor({ isTTY: true }, { TERM: 'dumb' })).to.equal(false);
    expect(wantsColor({}, { FORCE_COLOR: '1' })).to.equal(true);
    expect(wantsColor({}, { FORCE_COLOR: '1', NO_COLOR: '1' })).to.equal(false);
  });
});
