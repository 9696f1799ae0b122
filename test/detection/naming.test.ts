import { expect } from 'chai';
import { FAULTS } from '../../src/device/faults/index.ts';
import type { PortName } from '../../src/history/facts.ts';
import { detect, tests } from './detect.ts';

/** Parameters that make a fault quick enough for a test. */
const PARAMETERS: Readonly<Record<string, string>> = {
  'late-close': '2500',
  'refuses-after-n': '40',
  'refuses-recall': '1500',
  'slow-accept': '60',
};

/** Ports that have to be compared before a fault can be named. */
const PORTS: Readonly<Record<string, readonly PortName[]>> = {
  'leak-on-one-port': ['lower', 'upper'],
  'wrong-reply-type': ['lower'],
  'incomplete-ack': ['lower'],
};

/** Faults whose name is checked in every run; with DETECTION=whole all of them, over every group. */
const ALWAYS = [
  'close-wait-leak',
  'late-close',
  'leak-on-one-port',
  'reset-instead-of-fin',
  'leak-every-nth',
  'leak-on-cut-message',
  'listener-dies',
  'one-connection-at-a-time',
  'exits-on-reset',
  'descriptor-leak-on-reset',
  'descriptor-leak-on-close',
  'drops-reply-on-half-close',
  'hangs-on-half-close',
  'misses-fin-with-data',
  'refuses-after-n',
];

/** Habits without which a device cannot have the fault. */
const HABITS: Readonly<Record<string, readonly string[]>> = {
  'does-not-complete-own-close': ['closes-after-reply'],
  'blocks-while-own-close-waits': ['closes-after-reply'],
};

/** Faults that the tests cannot show against a device that does not dial out. */
const NEEDS_DIALLING = ['answers-heartbeat-answer', 'does-not-dial-again', 'repeats-own-message-id'];

/** A fault that shows after more connections than there is time for here; the table of churn names it. */
const NEEDS_TIME = ['slows-with-connections'];

const WHOLE = process.env['DETECTION'] === 'whole';

describe('the name of a fault', function () {
  this.timeout(300_000);
  const socketGroups = ['CON', 'REL', 'HC', 'AB'];
  const suites = tests((suite) => WHOLE || socketGroups.includes(suite.group));
  const names = WHOLE
    ? [...FAULTS.keys()].filter((name) => ![...NEEDS_DIALLING, ...NEEDS_TIME].includes(name))
    : ALWAYS;

  for (const name of names) {
    it(`${name} is called by its name, and nothing beside it is`, async () => {
      const fault = PARAMETERS[name] === undefined ? name : `${name}=${PARAMETERS[name]}`;
      const specimen = { faults: [fault], habits: HABITS[name] ?? [] };
      const { faults } = await detect(specimen, suites, { ports: PORTS[name] ?? ['upper'] });
      expect(faults).to.deep.equal([name]);
    });
  }
});
