import { expect } from 'chai';
import { detect, tests } from './detect.ts';
import { MESSAGE_GROUPS } from './stage.ts';
import { describeDetection } from './table.ts';
import { describeUnusual } from './unusual.ts';
import { IN_PROCESS } from './ways.ts';

for (const stage of ['plain', 'dialling'] as const) {
  describeDetection(
    { groups: MESSAGE_GROUPS, stage, referencePorts: ['lower', 'upper'], named: true },
    IN_PROCESS,
  );
}

describeUnusual(IN_PROCESS);

describe('what cannot be played in process', () => {
  it('a test that needs a socket is refused, and says what for', async () => {
    const vanishing = tests((_suite, { id }) => id === 'RC-07');
    const played = detect({}, vanishing, { way: IN_PROCESS }).catch((error: Error) => error.message);
    expect(await played).to.equal('RC-07 needs a socket: a local port of its own');
  });

  it('a device whose fault is about descriptors is refused', async () => {
    const played = detect({ faults: ['descriptor-leak-on-close'] }, [], { way: IN_PROCESS });
    expect(await played.catch((error: Error) => error.message)).to.match(
      /"descriptor-leak-on-close" needs a socket/,
    );
  });
});
