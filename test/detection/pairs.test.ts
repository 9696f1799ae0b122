import { expect } from 'chai';
import type { GroupName } from '../../src/suite/groups.ts';
import { detect, tests } from './detect.ts';

/** Two faults in one device, and the groups of tests that it takes to tell them apart. */
const PAIRS: readonly (readonly [string, string, readonly GroupName[]])[] = [
  ['close-wait-leak', 'exits-on-reset', ['CON', 'REL', 'HC', 'AB', 'RC']],
  ['late-close=2500', 'descriptor-leak-on-reset', ['CON', 'REL', 'HC', 'AB']],
  ['hangs-on-half-close', 'blocks-while-drip', ['CON', 'REL', 'HC', 'RC', 'ST']],
  ['leak-on-cut-message', 'blocks-while-idle', ['CON', 'REL', 'HC', 'AB', 'RC', 'ST']],
  ['reset-instead-of-fin', 'holds-vanished-ncs', ['CON', 'REL', 'HC', 'RC']],
  ['misses-fin-with-data', 'leak-after-reset', ['CON', 'REL', 'HC', 'AB', 'RC']],
  ['leak-above-32', 'loses-reply-under-load', ['CON', 'REL', 'HC', 'CH']],
  ['descriptor-leak-on-close', 'buffers-endless-message', ['CON', 'REL', 'HC', 'ST']],
  ['drops-reply-on-half-close', 'refuses-same-port', ['CON', 'REL', 'HC', 'AB', 'RC']],
  ['blocks-while-endless', 'descriptor-leak-on-reset', ['CON', 'REL', 'HC', 'AB', 'RC', 'ST']],
  ['close-wait-leak', 'little-endian-reply', ['CON', 'REL', 'HC', 'WIRE']],
  ['exits-on-reset', 'wrong-message-id', ['CON', 'REL', 'HC', 'AB', 'ENV']],
];

describe('two faults in one device', function () {
  this.timeout(180_000);

  for (const [first, second, groups] of PAIRS) {
    it(`${first} and ${second} are both named, and nothing else is`, async () => {
      const suites = tests((suite) => groups.some((group) => group === suite.group));
      const { faults } = await detect({ faults: [first, second] }, suites);
      const names = [first, second].map((fault) => fault.split('=')[0]);
      expect(faults).to.have.members(names);
    });
  }
});
