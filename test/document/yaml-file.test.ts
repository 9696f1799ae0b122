import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { formatProblem } from '../../src/document/problem.ts';
import { parseYaml, readYaml } from '../../src/document/yaml-file.ts';

function parse(text: string): ReturnType<typeof parseYaml> {
  return parseYaml('x.yaml', Buffer.from(text));
}

function complaints(text: string): string[] {
  return parse(text).problems.map((problem) => formatProblem(problem).split('\n')[0] ?? '');
}

describe('reading a YAML file', () => {
  it('knows where keys and values stand', () => {
    const { file } = parse('a:\n  - b: 1\n    c: { d: 2 }\n');
    expect(file?.positionOf(['a', 0, 'c', 'd'])).to.deep.equal({ line: 3, column: 13 });
    expect(file?.keyPositionOf(['a', 0, 'c', 'd'])).to.deep.equal({ line: 3, column: 10 });
    expect(file?.keyPositionOf(['a', 0])).to.deep.equal({ line: 2, column: 5 });
  });

  it('takes the place around something that does not exist, and the key of an empty value', () => {
    const { file } = parse('a:\n  b: { c: 1 }\nempty:\n');
    expect(file?.positionOf(['a', 'b', 'missing', 'deeper'])).to.deep.equal({ line: 2, column: 6 });
    expect(file?.positionOf(['empty'])).to.deep.equal({ line: 3, column: 1 });
  });

  it('keeps the spelling of numbers that say more than their value', () => {
    const { file } = parse('a: 0x1A\nb: 007\nc: 1.0\nd: 26\ne: 2.5\nf: 12345678901234567890\n');
    expect({ ...(file?.value as object) }).to.deep.equal({
      a: '0x1A',
      b: '007',
      c: '1.0',
      d: 26,
      e: 2.5,
      f: '12345678901234567890',
    });
  });

  it('gives the YAML of a value as written, without its indentation', () => {
    const { file } = parse('tests:\n  - id: A-1\n    steps:\n      - connect: x\n  - id: A-2\n');
    expect(file?.sourceOf(['tests', 0])).to.equal('id: A-1\nsteps:\n  - connect: x');
  });

  it('counts lines and columns in files with CRLF and with a byte order mark', () => {
    const { file } = parse('a: 1\r\nb:\r\n  c: 2\r\n');
    expect(file?.positionOf(['b', 'c'])).to.deep.equal({ line: 3, column: 6 });
    const marked = parse('\uFEFFa: 1\nb: 2\n');
    expect(marked.file?.positionOf(['b'])).to.deep.equal({ line: 2, column: 4 });
  });

  it('reports duplicate keys with their name', () => {
    expect(complaints('a: 1\nb: 2\na: 3\n')).to.deep.equal(['x.yaml:3:1 duplicate key "a"']);
    expect(complaints('x: { on: 1, on: 2 }\n')).to.deep.equal(['x.yaml:1:13 duplicate key "on"']);
  });

  it('shows what is not YAML with line and caret', () => {
    const { problems } = parse('a: [1, 2\nb: 3\n');
    expect(problems).to.have.length.greaterThan(0);
    expect(problems[0]?.text).to.match(/^not valid YAML: /);
    expect(formatProblem(problems[0]!)).to.match(/\n {4}.*\n {4} *\^$/);
  });

  it('reports tabs, tags, a second document and keys that are no text', () => {
    expect(complaints('a:\n\tb: 1\n')[0]).to.contain('tab');
    expect(complaints('a: !thing 1\n')).to.deep.equal(['x.yaml:1:4 unknown tag "!thing"']);
    expect(complaints('a: 1\n---\nb: 2\n')[0]).to.contain('a second document starts here');
    expect(complaints('? [a, b]\n: 1\n')).to.deep.equal(['x.yaml:1:3 a key must be plain text']);
  });

  it('resolves aliases, and bounds what they multiply', () => {
    const { file } = parse('a: &x { b: 1 }\nc: *x\n');
    expect((file?.value as { c: { b: number } }).c.b).to.equal(1);
    const bomb = ['a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (let level = 1; level < 12; level++) {
      bomb.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    expect(complaints(bomb.join('\n'))[0]).to.contain('more than 50,000 values');
  });

  it('survives an alias of itself, hostile nesting and a key named __proto__', () => {
    expect(complaints('a: &x [*x]\n')).to.have.lengthOf(1);
    expect(complaints(`a: ${'['.repeat(20_000)}`)).to.have.length.greaterThan(0);
    expect(complaints(`a: ${'['.repeat(100)}1${']'.repeat(100)}`)[0]).to.contain(
      'nested more than 60 levels',
    );
    const { file } = parse('__proto__: { polluted: true }\n');
    expect(Object.keys(file?.value as object)).to.deep.equal(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('says in one sentence why a file cannot be read', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'document-'));
    try {
      const latin = path.join(folder, 'latin.yaml');
      writeFileSync(latin, Buffer.from([0x61, 0x3a, 0x20, 0xe4, 0x0a]));
      const empty = path.join(folder, 'empty.yaml');
      writeFileSync(empty, '\n\n');
      const large = path.join(folder, 'large.yaml');
      writeFileSync(large, Buffer.alloc(1_048_577, 0x20));
      const said = (file: string): string => readYaml(file, 'F').problems.map(formatProblem).join();
      expect(said(latin)).to.equal('F is no UTF-8 text');
      expect(said(empty)).to.equal('F is empty');
      expect(said(large)).to.equal('F is larger than 1 MiB');
      expect(said(folder)).to.equal('F is a folder, not a file');
      expect(said(path.join(folder, 'none.yaml'))).to.equal('F cannot be read: there is no such file');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('does not let a file steer the terminal', () => {
    const shown = complaints('"a\\e[31m": 1\n"a\\e[31m": 2\n').concat(
      parse('a: 1\nb: \u001b[31mred\na: 2\n').problems.map(formatProblem),
    );
    expect(shown.join('\n')).not.to.contain('\u001b');
  });
});
