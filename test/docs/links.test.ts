import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages that people read, as paths. */
const pages = [
  join(root, 'README.md'),
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(root, 'docs', file)),
];

function withoutCode(text: string): string {
  return text
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, (span) => span.replace(/[[\]()]/g, ''));
}

const known = new Map<string, Set<string>>();

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(path: string): Set<string> {
  const anchors = known.get(path) ?? readAnchors(path);
  known.set(path, anchors);
  return anchors;
}

function readAnchors(path: string): Set<string> {
  const headings = readFileSync(path, 'utf8')
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function problemsOf(page: string): string[] {
  const targets = [...withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to = '']) => to,
  );
  return targets
    .filter((to) => !/^[a-z]+:/.test(to))
    .flatMap((to) => {
      const [file = '', anchor] = to.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      if (!existsSync(path)) return [`${to}: there is no such file`];
      if (anchor === undefined || statSync(path).isDirectory()) return [];
      return anchorsOf(path).has(anchor) ? [] : [`${to}: there is no such heading`];
    });
}

describe('the links of the documentation', () => {
  for (const page of pages) {
    it(`lead somewhere: ${relative(root, page)}`, () => {
      expect(problemsOf(page)).to.deep.equal([]);
    });
  }
});
