import { expect } from 'chai';
import { minimatch } from 'minimatch';
import { readdirSync, readFileSync } from 'node:fs';

interface Selection {
  spec: string[];
  ignore: string[];
}

const { spec, ignore } = JSON.parse(
  readFileSync(new URL('../.mocharc.json', import.meta.url), 'utf8'),
) as Selection;

const FILES = readdirSync(new URL('../', import.meta.url), { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts'));

/**
 * A file that two patterns name runs twice, and in a worker that has read it already it has no tests the second time:
 * mocha then ends with an error and says nothing.
 */
describe('npm test and npm run test:detection (test/.mocharc.json)', () => {
  it('run every test file, and once', () => {
    const times = FILES.map((file) => {
      const isIgnored = ignore.some((pattern) => minimatch(file, pattern));
      return { file, times: isIgnored ? 1 : spec.filter((pattern) => minimatch(file, pattern)).length };
    });
    expect(times.filter((one) => one.times !== 1)).to.deep.equal([]);
  });
});
