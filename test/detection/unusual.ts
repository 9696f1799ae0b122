import { expect } from 'chai';
import { DEFAULT_TIMES } from '../../src/subject/target.ts';
import { detect, tests, type Specimen } from './detect.ts';
import { SHORT_TIMES, type Way } from './ways.ts';

/** Devices that are correct and unusual: what is worth a remark, and nothing that fails. */
const UNUSUAL: readonly { name: string; specimen: Specimen; remarks?: readonly string[] }[] = [
  { name: 'closes after each reply', specimen: { habits: ['closes-after-reply'] }, remarks: ['LANE-04?'] },
  { name: 'closes idle connections', specimen: { habits: ['closes-idle=150'] }, remarks: ['LANE-04?'] },
  { name: 'answers after 300 ms', specimen: { habits: ['slow=300'] } },
  { name: 'closes after 800 ms', specimen: { habits: ['slow-close'] } },
  { name: 'says nothing on its query port', specimen: { habits: ['silent-query'] } },
  { name: 'has no lower port', specimen: { habits: ['no-lower'] } },
  { name: 'drops the older connection', specimen: { habits: ['drops-older-connection'] } },
  {
    name: 'holds two connections at once',
    specimen: { habits: ['max-connections=2'], target: { maxConnections: 2 } },
  },
  { name: 'does not answer behind a FIN', specimen: { habits: ['no-answer-on-half-close'] } },
  { name: 'ignores unknown messages', specimen: { habits: ['ignores-unknown'] } },
  { name: 'closes on unknown messages', specimen: { habits: ['closes-on-unknown'] } },
  { name: 'closes on unknown IDs', specimen: { habits: ['closes-on-unknown-ids'] } },
  { name: 'writes one element a line', specimen: { habits: ['pretty'] } },
  { name: 'writes the attributes of the root', specimen: { habits: ['root-attributes'] } },
  { name: 'adds tags of its vendor', specimen: { habits: ['vendor-tags'] }, remarks: ['HB-03?'] },
  {
    name: 'speaks UTF-8 and says so',
    specimen: { habits: ['utf-8'], target: { encoding: 'utf-8' } },
  },
  {
    name: 'speaks MOS 2.8.0 without messageIDs',
    specimen: { habits: ['no-message-ids', 'flat-machine-info'], target: { revision: '2.8.0' } },
    remarks: ['MI-04?'],
  },
  {
    name: 'speaks MOS 2.6 without messageIDs',
    specimen: { habits: ['no-message-ids', 'flat-machine-info'], target: { revision: '2.6' } },
    remarks: ['MI-04?'],
  },
  {
    name: 'speaks MOS 2.8.3 with the flat form of its profiles',
    specimen: { habits: ['flat-machine-info'], target: { revision: '2.8.3' } },
    remarks: ['MI-04?'],
  },
  {
    name: 'speaks MOS 2.8.5 with the flat form of its profiles',
    specimen: { habits: ['flat-machine-info'] },
    remarks: ['MI-03?'],
  },
  { name: 'sends heartbeats of its own', specimen: { habits: ['beats=150'] } },
  { name: 'has a device file that claims nothing', specimen: { target: { profiles: [] } } },
];

/** Too slow for every run of the tests: the whole matrix has it. */
const WHOLE = process.env['DETECTION'] === 'whole';
const VERY_SLOW = {
  name: 'answers after 2.5 s',
  specimen: {
    habits: ['slow=2500'],
    target: {
      times: {
        ...SHORT_TIMES,
        replyTime: DEFAULT_TIMES.replyTime,
        releaseTime: DEFAULT_TIMES.releaseTime,
        recoveryTime: DEFAULT_TIMES.recoveryTime,
      },
    },
  },
};

/** Defines the tests that correct devices are not accused, however unusual they are. */
export function describeUnusual(way: Way): void {
  describe(`correct but unusual devices pass envelope, Profile 0, lanes and robustness, ${way.name}`, function () {
    this.timeout(240_000);
    const groups = ['ENV', 'P0', 'LANE', 'ROB'];
    const suites = tests((suite) => groups.includes(suite.group));

    for (const { name, specimen, remarks = [] } of [
      ...UNUSUAL,
      ...(WHOLE ? [{ ...VERY_SLOW, remarks: [] }] : []),
    ]) {
      it(`a device that ${name}`, async () => {
        const { failed, inconclusive } = await detect(specimen, suites, { way, ports: ['lower', 'upper'] });
        expect({ failed, inconclusive }).to.deep.equal({ failed: [...remarks], inconclusive: [] });
      });
    }
  });
}
