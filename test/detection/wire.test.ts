import { expect } from 'chai';
import { detect, tests, type Specimen } from './detect.ts';
import { describeDetection } from './table.ts';

const suites = tests((suite) => suite.group === 'WIRE');

describeDetection({ groups: ['WIRE'], referencePorts: ['lower', 'upper'] });

describe('correct devices that are unusual on the wire', function () {
  this.timeout(120_000);

  const correct: Record<string, Specimen> = {
    'closes after each reply': { habits: ['closes-after-reply'] },
    'answers after 300 ms': { habits: ['slow=300'] },
    'ignores unknown messages': { habits: ['ignores-unknown'] },
    'drops the older connection': { habits: ['drops-older-connection'] },
    'closes idle connections': { habits: ['closes-idle=150'] },
    'holds two connections': { habits: ['max-connections=2'], target: { maxConnections: 2 } },
    'speaks to a newsroom of MOS 2.6': { target: { revision: '2.6' } },
    'speaks to a newsroom of MOS 2.8.0': { target: { revision: '2.8.0' } },
    'is asked gently': { habits: ['closes-after-reply'], target: { permissions: new Set() } },
  };
  for (const [what, specimen] of Object.entries(correct)) {
    it(`nothing is held against a device that ${what}`, async () => {
      const { failed, inconclusive } = await detect(specimen, suites);
      expect({ failed, inconclusive }).to.deep.equal({ failed: [], inconclusive: [] });
    });
  }

  it('UTF-8 that the device file declares is one remark, and splits inside its characters do not apply', async () => {
    const specimen: Specimen = { habits: ['utf-8'], target: { encoding: 'utf-8' } };
    const { failed, inconclusive, notApplicable, faults } = await detect(specimen, suites);
    expect(failed).to.deep.equal(['ENC-01?']);
    expect({ inconclusive, faults }).to.deep.equal({ inconclusive: [], faults: [] });
    expect(notApplicable).to.deep.equal(['FRM-01C']);
  });

  it('names both where a device decodes each chunk alone and looks for its tags in each chunk alone', async () => {
    const split = tests((_suite, { id }) => id.startsWith('FRM-01') || id === 'FRM-10');
    const { faults } = await detect({ faults: ['odd-offset-breaks', 'loses-cut-tag'] }, split);
    expect(faults).to.have.members(['odd-offset-breaks', 'loses-cut-tag']);
  });

  it('says at how many places a message was split', async () => {
    const split = tests((_suite, { id }) => id === 'FRM-01C');
    const quick = await detect({}, split);
    expect(quick.records[0]?.result.assertions[0]?.actual).to.match(/^(\d+) of \1 places inside characters/);
    const slow = await detect({ habits: ['slow=300'] }, split);
    expect(slow.records[0]?.result.assertions[0]?.actual).to.match(
      /^\d\d? of \d{3} .* the time for it was over$/,
    );
    const gentle = { habits: ['closes-after-reply'], target: { permissions: new Set<never>() } };
    expect((await detect(gentle, split)).records[0]?.result.assertions[0]?.actual).to.match(
      /^10 of \d{3} .* permission for load$/,
    );
  });
});
