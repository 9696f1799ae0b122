import { expect } from 'chai';
import { openSync, closeSync } from 'node:fs';
import net from 'node:net';
import { descriptorOf } from '../../src/native/descriptor.ts';
import { closeDescriptor, dupDescriptor } from '../../src/ncs/options.ts';
import { tcpInfo } from '../../src/observe/tcpinfo.ts';
import { closed, connectPair, eventually, type Pair } from './support.ts';

describe('TCP_INFO of our own descriptor', function () {
  let pair: Pair;

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  beforeEach(async () => {
    pair = await connectPair();
  });
  afterEach(() => pair.close());
  const stateOf = () => tcpInfo(descriptorOf(pair.ncs) ?? -1)?.state;

  it('shows the states of a release', async () => {
    expect(stateOf()).to.equal('ESTABLISHED');
    pair.ncs.end();
    await eventually('FIN_WAIT_2', () => stateOf() === 'FIN_WAIT_2');
  });

  it('shows what was acknowledged', async () => {
    pair.ncs.write('x');
    await eventually('the acknowledgement', () => tcpInfo(descriptorOf(pair.ncs)!)?.unacked === 0);
    expect(tcpInfo(descriptorOf(pair.ncs)!)).to.include({ retransmits: 0, totalRetransmits: 0, probes: 0 });
  });

  it('tells a reset from an end: the connection is none', async () => {
    const kept = dupDescriptor(descriptorOf(pair.ncs)!)!;
    const gone = closed(pair.ncs);
    pair.device.resetAndDestroy();
    await gone;
    expect(tcpInfo(kept)?.state).to.equal('none');
    closeDescriptor(kept);
  });

  it('says nothing about a descriptor that is no TCP socket', () => {
    const file = openSync('/dev/null', 'r');
    expect(tcpInfo(file)).to.equal(undefined);
    closeSync(file);
    expect(tcpInfo(-1)).to.equal(undefined);
    expect(descriptorOf(new net.Socket())).to.equal(undefined);
  });
});
