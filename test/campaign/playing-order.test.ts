import { expect } from 'chai';
import { inPlayingOrder } from '../../src/campaign/playing-order.ts';
import { tests } from '../detection/detect.ts';

describe('the order in which tests are played', () => {
  function orderOf(ids: readonly string[]): string[] {
    const suites = tests((_suite, test) => ids.includes(test.id));
    const planned = suites.flatMap((suite) => suite.tests.map((test) => ({ suite, test })));
    return inPlayingOrder(planned).map(({ test }) => test.id);
  }

  it('begins with the gentle lead of each group and ends with what may harm the device', () => {
    const order = orderOf(['REL-01', 'REL-02', 'CH-01', 'AB-01', 'HC-01', 'RC-03']);
    expect(order).to.deep.equal(['REL-01', 'HC-01', 'REL-02', 'CH-01', 'RC-03', 'AB-01']);
  });

  it('lets what waits long begin before what does not, but not before the leads', () => {
    const order = orderOf(['CON-01', 'CON-04', 'HB-01', 'HB-02', 'GRID-11', 'GRID-13', 'GRID-21', 'GRID-23']);
    expect(order).to.deep.equal([
      ...['CON-01', 'HB-01', 'GRID-11'],
      ...['CON-04', 'GRID-13', 'GRID-23'],
      ...['HB-02', 'GRID-21'],
    ]);
  });
});
