import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkImports } from '../../scripts/imports/check.ts';
import type { Order } from '../../scripts/imports/order.ts';

const ORDER: Order = { low: [], high: ['low'], 'main.ts': ['high'] };

/** A tree that the order holds. */
const SOUND: Record<string, string> = {
  'src/low/one.ts': 'export interface One { n: number }\nexport const one = 1;\n',
  'src/high/two.ts': "import { one } from '../low/one.ts';\nexport const two = one + 1;\n",
  'src/main.ts': "import { two } from './high/two.ts';\nconsole.log(two);\n",
  'test/two.ts': "import { two } from '../src/high/two.ts';\nexport const three = two + 1;\n",
};

/** Every way in which TypeScript takes something from another file. */
const WAYS: Record<string, string> = {
  'a value': "import { two } from '../high/two.ts';\nexport const three = two;\n",
  'a side effect': "import '../high/two.ts';\n",
  'a type': "import type { Two } from '../high/two.ts';\nexport type Three = Two;\n",
  'a type among values': "import { type Two } from '../high/two.ts';\nexport type Three = Two;\n",
  'a type in place': "export type Three = import('../high/two.ts').Two;\n",
  'handed on': "export { two } from '../high/two.ts';\n",
  'handed on as types': "export type * from '../high/two.ts';\n",
  'a dynamic import': "export const load = async () => (await import('../high/two.ts')).two;\n",
};

describe('the order of imports', function () {
  this.timeout(20_000);
  let root = '';
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'mos-imports-'))));
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function found(files: Record<string, string>, order = ORDER, never: Order = {}): Promise<string[]> {
    for (const [file, text] of Object.entries({ ...SOUND, ...files })) {
      await mkdir(join(root, dirname(file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    return checkImports(root, order, never);
  }

  it('is content with a tree that keeps it', async () => {
    expect(await found({})).to.deep.equal([]);
  });

  for (const [way, text] of Object.entries(WAYS)) {
    it(`catches the wrong direction: ${way}`, async () => {
      expect(await found({ 'src/low/three.ts': text })).to.deep.equal([
        'src/low/three.ts imports src/high/two.ts: src/low may import nothing of ours',
      ]);
    });
  }

  it('catches a circle, of types and of dynamic imports too', async () => {
    const circle = {
      'src/low/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }\n",
      'src/low/b.ts':
        "export type B = Awaited<ReturnType<typeof load>>;\nconst load = () => import('./a.ts');\n",
    };
    expect(await found(circle)).to.deep.equal([
      'src/low/a.ts -> src/low/b.ts -> src/low/a.ts: imports go in a circle',
    ]);
  });

  it('catches what src takes from outside it', async () => {
    const text = "import { three } from '../../test/two.ts';\nexport const four = three + 1;\n";
    expect(await found({ 'src/low/four.ts': text })).to.include(
      'src/low/four.ts imports test/two.ts: src imports nothing from outside it',
    );
  });

  it('catches what is reached by way of another', async () => {
    expect(await found({}, ORDER, { 'main.ts': ['low'] })).to.deep.equal([
      'src/main.ts imports src/low/one.ts: src/main.ts must not reach low',
    ]);
  });

  it('catches permissions that nothing uses', async () => {
    expect(await found({}, { ...ORDER, 'main.ts': ['high', 'low'] })).to.deep.equal([
      'src/main.ts may import src/low and does not: take the permission back',
    ]);
  });

  it('catches folders that have no place, and places that have no folder', async () => {
    const { low, high } = ORDER as { low: string[]; high: string[] };
    expect(await found({}, { low, high, gone: [] })).to.deep.equal([
      'src/main.ts has no place in the order',
      'src/gone has a place in the order and does not exist',
    ]);
  });
});
