import { expect } from 'chai';
import { describeDetection } from './group.ts';
import { detect, tests, type Specimen } from './detect.ts';

const suites = tests((suite) => suite.group === 'WIRE');

const EVERYTHING = suites.flatMap((suite) => suite.tests.map(({ id }) => id));

describeDetection({
  groups: ['WIRE'],
  referencePorts: ['lower', 'upper'],
  parameters: { 'refuses-recall': '1000' },
  fails: {
    'fin-after-accept': EVERYTHING,
    'one-read-one-message': ['FRM-01B', 'FRM-01C', 'FRM-01S', 'FRM-01T', 'FRM-02?', 'FRM-08?'],
    'first-message-only': ['FRM-02?'],
    'odd-offset-breaks': ['FRM-01B', 'FRM-01C', 'FRM-01T'],
    'loses-cut-tag': ['FRM-01B', 'FRM-01T'],
    'breaks-on-white-space': ['DIA-02', 'FRM-03?', 'FRM-04'],
    'breaks-on-root-attributes': ['FRM-06?', 'FRM-07?'],
    'breaks-on-nested-root': ['FRM-05?'],
    'breaks-on-large-message': ['FRM-08?'],
    'breaks-on-unknown-tag': ['FRM-13'],
    'breaks-on-empty-element': ['FRM-16?'],
    'breaks-on-references': ['ENC-05?', 'ENC-05E?'],
    'breaks-on-non-ascii': ['ENC-03'],
    'breaks-on-surrogates': ['ENC-04?'],
    'utf-8-reply': ['ENC-01'],
    'little-endian-reply': ['ENC-01'],
    'bom-reply': ['ENC-02?'],
    'cut-reply': ['FRM-11'],
    'malformed-reply': ['FRM-11'],
    'junk-after-connect': ['FRM-11'],
    'misspelt-reply': ['FRM-10'],
    'invalid-reply': ['FRM-12'],
    'machine-info-incomplete': ['FRM-12'],
    'heartbeat-without-time': ['FRM-12'],
    'needs-message-id': ['DIA-01?'],
    'swallows-unknown-and-stops': ['FRM-14'],
  },
  byHabit: { 'closes-on-unknown': ['FRM-14K?'] },
});

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
    const split = tests((_suite, id) => id.startsWith('FRM-01') || id === 'FRM-10');
    const { faults } = await detect({ faults: ['odd-offset-breaks', 'loses-cut-tag'] }, split);
    expect(faults).to.have.members(['odd-offset-breaks', 'loses-cut-tag']);
  });

  it('says at how many places a message was split', async () => {
    const split = tests((_suite, id) => id === 'FRM-01C');
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
