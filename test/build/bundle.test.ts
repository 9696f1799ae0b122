import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../scripts/build/bundle.ts';
import { churnInThread } from '../../src/scenario/churn/thread.ts';
import { options, startPeer } from '../ncs/churn/peer.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What of the repository a package has beside its bundles. */
const ALSO = ['package.json', 'suites', 'fixtures', join('src', 'faults', 'remedies')];

describe('the package as it is installed', function () {
  this.timeout(60_000);
  let root: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'mos-package-'));
    for (const one of ALSO) cpSync(join(ROOT, one), join(root, one), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
    await bundle(ROOT, join(root, 'dist'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const told = (...words: string[]): string =>
    execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...words], { encoding: 'utf8' });

  it('lists the same tests as its source', () => {
    const source = [join(ROOT, 'src', 'cli.ts'), 'list', '--json'];
    const expected = execFileSync(process.execPath, ['--import', 'tsx', ...source], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(JSON.parse(told('list', '--json'))).to.deep.equal(JSON.parse(expected));
  });

  it('knows its version and the remedies of its faults', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(told('--version').trim()).to.equal(version);
    expect(told('explain', 'close-wait-leak', '--language', 'python')).to.contain('recv(');
  });

  it('has the thread in which a churn runs', async function () {
    if (process.platform !== 'linux') this.skip();
    const peer = await startPeer(() => 'answer');
    const report = await churnInThread(options(peer.port), true, join(root, 'dist', 'churn-thread.js'));
    peer.close();
    expect(report).to.include({ engine: 'kernel', ended: 'cycles' });
  });

  it('reads a built-in suite again that was changed', () => {
    const file = join(root, 'suites', 'sockets', 'release.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('id: REL-10', 'id: REL-99'));
    expect(told('list', '--test', 'REL-99')).to.contain('REL-99');
    writeFileSync(file, text.replace('id: REL-10', 'id: REL-01'));
    const refused = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'list'], { encoding: 'utf8' });
    expect(refused.stderr).to.match(/release\.yaml:\d+:\d+ .*REL-01/s);
    expect(refused.status).to.equal(2);
    writeFileSync(file, text);
  });
});
