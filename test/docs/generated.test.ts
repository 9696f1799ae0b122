import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { GENERATED_PAGES } from '../../scripts/docs/pages.ts';
import { code, table } from '../../scripts/docs/markdown.ts';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import { builtinSuites } from '../../src/suite/builtin.ts';
import { readSuites } from '../../src/suite/read.ts';
import { FAULTS } from '../../src/faults/catalogue.ts';
import { pagePath } from './examples.ts';

describe('the generated pages', () => {
  const texts = new Map<string, string>();

  before(function () {
    this.timeout(30_000);
    for (const { file, text } of GENERATED_PAGES) texts.set(file, text());
  });

  for (const { file } of GENERATED_PAGES) {
    it(`docs/${file} is what the sources say; "npm run docs" writes it anew`, () => {
      const isCurrent = readFileSync(pagePath(file), 'utf8') === texts.get(file);
      expect(isCurrent, `docs/${file} is stale: run "npm run docs"`).to.equal(true);
    });
  }

  it('have every test of the built-in suites with its title and requirements', () => {
    const page = texts.get('tests.md') ?? '';
    const tests = readSuites(builtinSuites()).suites.flatMap((suite) => suite.tests);
    const missing = tests.filter(
      ({ id, title, covers }) =>
        !page.includes(`\n#### ${id}\n\n**${title}.** `) ||
        covers.some((one) => !page.includes(`| ${one} | ${REQUIREMENTS.get(one)?.level} | `)),
    );
    expect(missing.map(({ id }) => id)).to.deep.equal([]);
  });

  it('have every fault with its remedy', () => {
    const page = texts.get('faults.md') ?? '';
    const missing = [...FAULTS.values()].filter(
      ({ id, remedy }) => !page.includes(`\n### ${id}\n`) || !page.includes(remedy.replaceAll('<', '&lt;')),
    );
    expect(missing.map(({ id }) => id)).to.deep.equal([]);
  });
});

describe('Markdown of ours', () => {
  it('keeps a bar and a line break inside a cell', () => {
    expect(table(['a'], [['x | y\nz']])).to.equal('| a |\n| --- |\n| x \\| y z |');
  });

  it('fences code that holds a fence', () => {
    expect(code('yaml', 'a\n```\nb')).to.equal('````yaml\na\n```\nb\n````');
  });
});
