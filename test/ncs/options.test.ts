import { expect } from 'chai';
import { once } from 'node:events';
import net from 'node:net';
import { descriptorOf } from '../../src/native/descriptor.ts';
import { setCork } from '../../src/ncs/options.ts';
import { connectPair, eventually, type Pair } from '../observe/support.ts';

describe('options of our descriptors', function () {
  let pair: Pair;

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  beforeEach(async () => {
    pair = await connectPair();
  });
  afterEach(() => pair.close());

  it('a cork holds data back until the stream ends, and lets it go with the FIN', async () => {
    const events: string[] = [];
    pair.device.on('data', (data) => events.push(String(data))).on('end', () => events.push('FIN'));
    expect(setCork(descriptorOf(pair.ncs)!, true)).to.equal(true);
    await new Promise((resolve) => pair.ncs.write('first', resolve));
    await new Promise((resolve) => pair.ncs.write(' second', resolve));
    expect(events).to.deep.equal([]);
    pair.ncs.end();
    await once(pair.device, 'end');
    expect(events).to.deep.equal(['first second', 'FIN']);
  });

  it('a cork that is taken away lets the data go', async () => {
    expect(setCork(descriptorOf(pair.ncs)!, true)).to.equal(true);
    pair.ncs.write('x');
    expect(setCork(descriptorOf(pair.ncs)!, false)).to.equal(true);
    await once(pair.device, 'data');
  });

  it('are refused for descriptors that are gone, and without koffi', async () => {
    expect(setCork(-1, true)).to.equal(false);
    process.env['MOS_CONFORMANCE_NO_KOFFI'] = '1';
    try {
      expect(setCork(descriptorOf(pair.ncs)!, true)).to.equal(false);
    } finally {
      delete process.env['MOS_CONFORMANCE_NO_KOFFI'];
    }
    expect(descriptorOf(new net.Socket())).to.equal(undefined);
    await eventually('still open', () => !pair.ncs.destroyed);
  });
});
