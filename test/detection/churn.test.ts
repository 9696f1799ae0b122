import { expect } from 'chai';
import { detect, SHORT_TIMES, tests } from './detect.ts';
import { describeDetection } from './group.ts';

/** Shorter where silence is waited for, longer where cycles have to be done on a busy machine. */
const TIMES = { ...SHORT_TIMES, replyTime: 2_000, churnTime: 12_000 };

/** Every churn that ends by a FIN. */
const EVERY_RELEASE = ['CH-01', 'CH-02', 'CH-03H', 'CH-03M', 'CH-03N'];

/** Every churn in which something is asked on several connections at once. */
const EVERY_FEW = ['CH-02', 'CH-03A', 'CH-03H', 'CH-03M', 'CH-04'];

const EVERY = ['CH-01', ...EVERY_FEW, 'CH-03N'];

describeDetection({
  groups: ['CH'],
  specimen: { target: { times: TIMES } },
  concurrency: 2,
  parameters: {
    'late-close': '2500',
    'leak-every-nth': '500',
    'refuses-recall': '1000',
    'slow-accept': '60',
    'slows-with-connections': '0.05',
  },
  fails: {
    'close-wait-leak': EVERY_RELEASE,
    'late-close': EVERY_RELEASE,
    'leak-on-one-port': EVERY_RELEASE,
    'leak-every-nth': ['CH-01', 'CH-02'],
    'leak-above-32': ['CH-02'],
    'leak-after-reset': ['CH-03M'],
    'leak-per-abort': ['CH-03A', 'CH-03M'],
    'descriptor-leak-on-reset': ['CH-03A'],
    'exits-on-reset': ['CH-03A', 'CH-03M'],
    'listener-dies': EVERY,
    'refuses-after-n': EVERY,
    'refuses-recall': ['CH-01', 'CH-02', 'CH-03A', 'CH-03H', 'CH-03M'],
    'fin-after-accept': ['CH-01', 'CH-02', 'CH-03A', 'CH-03H', 'CH-03M', 'CH-03N'],
    'one-connection-at-a-time': EVERY_FEW,
    'stale-session-refuses': EVERY_FEW,
    'reply-on-old-connection': EVERY_FEW,
    'blocks-while-idle': ['CH-04'],
    'stops-reading-after-n': ['CH-04'],
    'slow-accept': ['CH-02'],
    'slows-with-connections': ['CH-02?'],
    'loses-reply-under-load': ['CH-02'],
    'reply-on-other-under-load': ['CH-02'],
  },
});

describe('churn of correct devices', function () {
  this.timeout(180_000);
  const suites = tests((suite) => suite.group === 'CH');
  const habits: [string, string[]][] = [
    ['slow-close', []],
    ['max-connections=16', []],
    ['slow=300', []],
    ['closes-after-reply', ['CH-04']],
    ['silent-query', ['CH-04']],
    ['drops-older-connection', ['CH-02', 'CH-03N', 'CH-03H', 'CH-04', 'CH-03A', 'CH-03M']],
  ];
  for (const [habit, notApplicable] of habits) {
    it(`a device with the habit ${habit} passes`, async () => {
      const limited = habit.startsWith('max-connections') ? { maxConnections: 16 } : {};
      const found = await detect(
        { habits: [habit], target: { times: { ...TIMES, churnTime: 4_000 }, ...limited } },
        suites,
        {
          ports: [habit === 'silent-query' ? 'query' : 'upper'],
          concurrency: 2,
        },
      );
      expect({ failed: found.failed, inconclusive: found.inconclusive }).to.deep.equal({
        failed: [],
        inconclusive: [],
      });
      expect(found.notApplicable).to.have.members(notApplicable);
    });
  }
});

describe('faults that only churn names', function () {
  this.timeout(180_000);
  const suites = tests(
    ({ group }, id) => group === 'CH' || ['REL-01', 'REL-02', 'HC-01', 'CON-02'].includes(id),
  );
  const faults: [string, string][] = [
    ['leak-above-32', 'leak-above-32'],
    ['leak-every-nth=500', 'leak-every-nth'],
    ['loses-reply-under-load', 'loses-reply-under-load'],
    ['reply-on-other-under-load', 'reply-on-other-under-load'],
    ['slows-with-connections=0.05', 'slows-with-connections'],
    ['leak-per-abort', 'leak-per-abort'],
    ['leak-after-reset', 'leak-after-reset'],
    ['slow-accept=60', 'slow-accept'],
  ];
  for (const [fault, name] of faults) {
    it(`${fault} is called ${name}, and nothing beside it`, async () => {
      const found = await detect({ faults: [fault], target: { times: TIMES } }, suites, { concurrency: 2 });
      expect(found.faults).to.deep.equal([name]);
    });
  }
});
