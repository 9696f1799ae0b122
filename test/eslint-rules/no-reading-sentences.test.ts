import { expect } from 'chai';
import { ESLint } from 'eslint';

/** Everything that looks into a sentence of ours. */
const READS = [
  '/CLOSE_WAIT/.test(test.reason);',
  'pattern.exec(one.actual);',
  "one.actual.includes('5 s');",
  "one['expected'].startsWith('a reply');",
  'assertion?.meaning?.match(/x/);',
  "test.reason.replace(/\\d+/g, '');",
  "test.reason.trim().toLowerCase().split(' ');",
  "results.summary.indexOf('failed');",
  "assertions.some(({ actual }) => actual.endsWith('answered'));",
  'assertions.some(({ actual: text }) => /x/.test(text));',
  'const { reason: why } = test; /x/.test(why);',
  'const why = test.reason; /x/.test(why);',
  "const why = test.reason ?? ''; const text = `${why}.`; text.search(/x/);",
  "/x/.test(tests.map((test) => test.reason).join(' '));",
  '/x/.test(String(symptom.quote));',
  'new RegExp(one.actual);',
  "if (test.reason === 'the device was lost') stop();",
  "switch (test.reason) { case 'the device was lost': stop(); }",
];

/** What is done with sentences, and with what only looks like one. */
const LEAVES = [
  'write(`${test.key}: ${test.reason}`);',
  "if (test.reason !== '') write(test.reason);",
  'if (test.reason === campaign.incompleteReason) skip();',
  "if (failure.reason === 'refused') count();",
  'sentences.push(test.reason);',
  "message.text.includes('<mosID>');",
  'bytes.indexOf(60, search.from);',
  "Array.from(names).includes('x');",
];

describe('the rule that no sentence is read', function () {
  this.timeout(20_000);
  const linter = new ESLint();

  async function found(code: string, filePath = 'src/report/sample.ts'): Promise<number> {
    const [result] = await linter.lintText(code, { filePath });
    return result?.messages.filter(({ ruleId }) => ruleId === 'ours/no-reading-sentences').length ?? 0;
  }

  for (const code of READS) it(`catches ${code}`, async () => expect(await found(code)).to.equal(1));

  for (const code of LEAVES) it(`leaves ${code}`, async () => expect(await found(code)).to.equal(0));

  it('holds for the product, and lets tests read what people read', async () => {
    expect(await found(READS[0]!, 'src/faults/new.ts')).to.equal(1);
    expect(await found(READS[0]!, 'test/report/new.ts')).to.equal(0);
  });
});

describe('the rule about dynamic imports', () => {
  it('keeps them to names that can be followed', async function () {
    this.timeout(20_000);
    const linter = new ESLint();
    const problems = async (code: string): Promise<number> =>
      (await linter.lintText(code, { filePath: 'src/report/sample.ts' }))[0]?.errorCount ?? 0;
    expect(await problems("await import('./write.ts');")).to.equal(0);
    expect(await problems('await import(`./${name}.ts`);')).to.equal(1);
  });
});
