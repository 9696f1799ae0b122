import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Canary, isOwnAddress } from '../../src/scenario/canary.ts';

describe('canary', () => {
  it('is a file below the temporary folder that holds a number, until it is removed', () => {
    const canary = new Canary();
    const path = fileURLToPath(canary.url);
    expect(path.startsWith(tmpdir())).to.equal(true);
    expect(readFileSync(path, 'utf8')).to.equal(canary.text);
    expect(canary.text).to.match(/^\d{9}$/);
    canary.remove();
    expect(existsSync(path)).to.equal(false);
    canary.remove();
  });

  it('is for devices on this machine', () => {
    expect(isOwnAddress('127.0.0.1')).to.equal(true);
    expect(isOwnAddress('127.8.8.8')).to.equal(true);
    expect(isOwnAddress('::1')).to.equal(true);
    expect(isOwnAddress('192.0.2.1')).to.equal(false);
  });
});
