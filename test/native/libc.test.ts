import { expect } from 'chai';
import { isUnavailable, loadKoffi } from '../../src/native/koffi.ts';
import { errnoName, openLibc } from '../../src/native/libc.ts';

describe('the C library', () => {
  it('answers with negative errnos, which have names', function () {
    if (process.platform !== 'linux') this.skip();
    const libc = openLibc();
    if (isUnavailable(libc)) throw new Error(libc.unavailable);
    expect(errnoName(libc.close(-1))).to.equal('EBADF');
    expect(errnoName(libc.socket(-1, 1, 0))).to.equal('EAFNOSUPPORT');
    expect(errnoName(libc.send(-1, new Uint8Array(1), 1, 0))).to.equal('EBADF');
    expect(errnoName(libc.receive(-1, new Uint8Array(1), 0))).to.equal('EBADF');
    expect(errnoName(-99999)).to.contain('99999');
  });

  it('is missed in one sentence without koffi', function () {
    process.env['MOS_CONFORMANCE_NO_KOFFI'] = '1';
    try {
      for (const missing of [loadKoffi(), openLibc()]) {
        expect(isUnavailable(missing) && missing.unavailable.length > 0).to.equal(true);
      }
    } finally {
      delete process.env['MOS_CONFORMANCE_NO_KOFFI'];
    }
  });
});
