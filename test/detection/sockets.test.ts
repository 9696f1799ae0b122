import { expect } from 'chai';
import { detect, tests } from './detect.ts';
import { SOCKET_FAULTS } from './table.ts';

describe('detection table: sockets', function () {
  this.timeout(120_000);
  const suites = tests((suite) => ['CON', 'REL', 'HC', 'AB'].includes(suite.group));

  it('the reference device passes every test on every port', async () => {
    const { failed, inconclusive, notApplicable, faults } = await detect({}, suites, {
      ports: ['lower', 'upper', 'query'],
    });
    expect({ failed, inconclusive, notApplicable, faults }).to.deep.equal({
      failed: [],
      inconclusive: [],
      notApplicable: [],
      faults: [],
    });
  });

  for (const row of SOCKET_FAULTS) {
    it(`${row.fault} fails ${row.fails.join(', ')} and nothing else`, async () => {
      const { failed, faults } = await detect({ faults: [row.fault] }, suites);
      expect(failed).to.deep.equal([...row.fails].sort());
      expect(faults).to.deep.equal(row.named);
    });
  }

  it('leak-on-one-port is told from a leak on every port', async () => {
    const plain = tests((suite, id) => ['REL-01', 'REL-02', 'HC-01'].includes(id));
    const { failed, faults } = await detect({ faults: ['leak-on-one-port'] }, plain, {
      ports: ['lower', 'upper'],
    });
    expect(failed).to.deep.equal(['HC-01', 'REL-01', 'REL-02']);
    expect(faults).to.deep.equal(['leak-on-one-port']);
  });

  it('a device that closes idle connections earns a remark and no more', async () => {
    const { failed } = await detect({ habits: ['closes-idle=150'] }, suites, { ports: ['upper', 'lower'] });
    expect(failed).to.deep.equal(['CON-04?']);
  });

  it('every test is failed by at least one fault', () => {
    const caught = new Set(SOCKET_FAULTS.flatMap((row) => row.fails.map((id) => id.replace('?', ''))));
    const all = suites.flatMap((suite) => suite.tests.map((test) => test.id));
    expect(all.filter((id) => !caught.has(id))).to.deep.equal(['CON-04']);
  });
});
