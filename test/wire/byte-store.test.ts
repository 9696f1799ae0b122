import { expect } from 'chai';
import { ByteStore } from '../../src/wire/byte-store.ts';

describe('ByteStore', () => {
  it('keeps offsets of the stream valid while bytes move', () => {
    const store = new ByteStore();
    for (let n = 0; n < 100_000; n++) {
      store.append(Buffer.from([n & 0xff, n >> 8]));
      if (n >= 3) {
        expect(store.copy(store.end - 8, store.end - 6)[0]).to.equal((n - 3) & 0xff);
        store.release(store.end - 6);
      }
    }
    expect(store.end).to.equal(200_000);
  });

  it('holds a constant amount, however much passes through', () => {
    const store = new ByteStore();
    const chunk = Buffer.alloc(60_000);
    for (let n = 0; n < 1000; n++) {
      store.append(chunk);
      store.release(store.end - 10_000);
      expect(store.bytes.length).to.be.below(300_000);
    }
  });

  it('gives back what a large message took', () => {
    const store = new ByteStore();
    for (let n = 0; n < 100; n++) store.append(Buffer.alloc(100_000));
    expect(store.bytes.length).to.be.above(10_000_000);
    store.release(store.end);
    expect(store.bytes.length).to.be.below(300_000);
  });
});
