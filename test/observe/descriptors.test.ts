import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { descriptorOf } from '../../src/native/descriptor.ts';
import { listenerOwner, socketDescriptors } from '../../src/observe/descriptors.ts';
import { commandOf, parentOf } from '../../src/observe/processes.ts';
import { duplicateOf } from '../native/duplicate.ts';
import { closed, connectPair, eventually, openSockDiag, spawnListener, statesOf } from './support.ts';

describe('the process behind a port', function () {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('is named, with its children', async () => {
    const { child, port } = await spawnListener();
    try {
      const owner = listenerOwner(port, '127.0.0.1');
      expect(owner).to.deep.include({ pid: child.pid, children: [] });
      expect(owner?.command).to.contain('createServer');
      expect(listenerOwner(port, '127.0.0.2')).to.equal(undefined);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('is this one for a listener on every address, our own children included', async () => {
    const pair = await connectPair('::', '127.0.0.1');
    const worker = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000); process.stdout.write("up")']);
    try {
      await once(worker.stdout, 'data');
      const owner = listenerOwner(pair.tuple.remote.port, '127.0.0.1');
      expect(owner?.pid).to.equal(process.pid);
      expect(owner?.children).to.include(worker.pid);
    } finally {
      worker.kill('SIGKILL');
      pair.close();
    }
  });

  it('is nobody where nothing listens', () => {
    expect(listenerOwner(1, '127.0.0.1')).to.equal(undefined);
  });

  it('has a parent and a command line that fits a report', () => {
    expect(parentOf(process.pid)).to.equal(process.ppid);
    expect(parentOf(2 ** 30)).to.equal(undefined);
    expect(commandOf(process.pid)).to.contain('node').and.have.length.at.most(200);
    expect(commandOf(2 ** 30)).to.equal(undefined);
  });
});

describe('socket descriptors', function () {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('that outlive a reset are counted as unlisted, and only until they are closed', async () => {
    const observer = openSockDiag();
    const pair = await connectPair();
    // A netlink socket is in no table before its first question.
    expect(statesOf(observer, pair.tuple)).to.equal('ESTABLISHED/ESTABLISHED');
    const before = socketDescriptors([process.pid])!;
    const kept = duplicateOf(descriptorOf(pair.device)!);
    expect(socketDescriptors([process.pid])).to.deep.equal({
      total: before.total + 1,
      unlisted: before.unlisted,
    });
    const deviceGone = closed(pair.device);
    pair.ncs.resetAndDestroy();
    await deviceGone;
    await eventually('the reset', () => statesOf(observer, pair.tuple) === 'none/none');
    expect(socketDescriptors([process.pid])?.unlisted).to.equal(before.unlisted + 1);
    kept.close();
    expect(socketDescriptors([process.pid])?.unlisted).to.equal(before.unlisted);
    pair.close();
    observer.close();
  });

  it('cannot be counted for a process that is gone, and are for the rest', () => {
    expect(socketDescriptors([2 ** 30])).to.equal(undefined);
    expect(socketDescriptors([])).to.equal(undefined);
    expect(socketDescriptors([process.pid, 2 ** 30])).to.deep.equal(socketDescriptors([process.pid]));
  });
});
