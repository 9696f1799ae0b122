import { expect } from 'chai';
import { z } from 'zod';
import { checkValue } from '../../src/document/check.ts';
import { oneOfKinds } from '../../src/document/kinds.ts';
import { formatProblem, problemAt, sortProblems } from '../../src/document/problem.ts';
import {
  countOr,
  duration,
  durationOr,
  nameOr,
  oneOrMore,
  percent,
  size,
  text,
} from '../../src/document/schemas.ts';
import { parseYaml } from '../../src/document/yaml-file.ts';

const name = nameOr(() => undefined);

function complaints(yaml: string, schema: z.ZodType): string[] {
  const { file } = parseYaml('x.yaml', Buffer.from(yaml));
  if (!file) throw new Error('no YAML');
  const { problems } = checkValue(file, [], file.value, schema);
  return sortProblems(problems).map((problem) => `${problem.line}:${problem.column} ${problem.text}`);
}

const step = oneOfKinds('verb', {
  close: z.strictObject({ close: name }),
  wait: z.strictObject({ wait: z.strictObject({ for: duration, on: name.optional() }) }),
});

describe('checking a value against a schema', () => {
  it('shows the line and a caret', () => {
    const { file } = parseYaml('suites/x.yaml', Buffer.from('a: 1\nsteps: { on: ncs, mesage: x }\n'));
    const schema = z.object({ steps: z.strictObject({ on: text, message: text.optional() }) });
    const { problems } = checkValue(file!, [], file!.value, schema);
    expect(problems.map(formatProblem)).to.deep.equal([
      'suites/x.yaml:2:19 unknown key "mesage"; did you mean "message"?\n' +
        '    steps: { on: ncs, mesage: x }\n' +
        '                      ^',
    ]);
  });

  it('says missing key, unknown key and wrong type in plain words, all at once', () => {
    const schema = z.strictObject({ on: text, list: z.array(text), flag: z.boolean(), n: z.int().min(1) });
    expect(complaints('list: 5\nflag: maybe\nn: 0\nxx: 1\n', schema)).to.deep.equal([
      '1:1 missing key "on"',
      '1:7 expected a list, got 5',
      '2:7 expected true or false, got "maybe"',
      '3:4 expected at least 1, got 0',
      '4:1 unknown key "xx"; known here: on, list, flag, n',
    ]);
  });

  it('does not suggest a key that stands there already', () => {
    const schema = z.strictObject({ on: text, one: text.optional() });
    expect(complaints('on: a\nonn: b\n', schema)[0]).to.equal('2:1 unknown key "onn"; did you mean "one"?');
  });

  it('names the values that are allowed', () => {
    const schema = z.strictObject({
      tier: z.enum(['quick', 'soak']),
      fin: z.union([z.literal(true), z.enum(['close'])]),
    });
    expect(complaints('tier: quik\nfin: clos\n', schema)).to.deep.equal([
      '1:7 "quik" is not one of quick, soak; did you mean "quick"?',
      '2:6 "clos" is not one of true, close; did you mean "close"?',
    ]);
  });

  it('lets the deciding key choose between alternatives', () => {
    expect(complaints('clsoe: a\n', step)).to.deep.equal(['1:1 unknown verb "clsoe"; did you mean "close"?']);
    expect(complaints('jump: a\n', step)).to.deep.equal(['1:1 unknown verb "jump"; known: close, wait']);
    expect(complaints('wait: { fr: 1s }\n', step)).to.deep.equal([
      '1:7 missing key "for"',
      '1:9 unknown key "fr"; did you mean "for"?',
    ]);
    expect(complaints('wait: { for: 1s }\nclose: a\n', step)).to.deep.equal([
      '2:1 "wait" and "close" cannot stand together: one verb each',
    ]);
    expect(complaints('close: a\nwait: 1\n', step)).to.deep.equal([
      '2:1 "close" and "wait" cannot stand together: one verb each',
    ]);
    expect(complaints('- close\n', z.array(step))).to.deep.equal([
      '1:3 expected one verb with its arguments, got "close"',
    ]);
  });

  it('checks durations, counts, sizes, shares and references', () => {
    const schema = z.strictObject({
      a: durationOr(['releaseTime']),
      b: countOr(['connections']),
      c: size,
      d: percent,
      e: duration,
    });
    const given = 'a: $relaseTime\nb: 0\nc: 5MB\nd: 120%\ne: 5\n';
    expect(complaints(given, schema)).to.deep.equal([
      '1:4 unknown parameter "$relaseTime"; did you mean "$releaseTime"?',
      '2:4 expected a whole number from 1 to 1,000,000 or $connections, got "0"',
      '3:4 expected a size such as 512B, 64KiB or 32MiB, got "5MB"',
      '4:4 expected a percentage from 0% to 100%, got "120%"',
      '5:4 expected a duration such as 5s, 300ms or 2m, got "5"',
    ]);
    const { file } = parseYaml(
      'x',
      Buffer.from('a: $releaseTime\nb: $connections\nc: 2KiB\nd: 20%\ne: 1m\n'),
    );
    expect(checkValue(file!, [], file!.value, schema).value).to.deep.equal({
      a: '$releaseTime',
      b: '$connections',
      c: 2_048,
      d: 0.2,
      e: 60_000,
    });
  });

  it('points into lists that may also be one value', () => {
    const schema = z.strictObject({ x: oneOrMore(z.enum(['clean', 'late'])) });
    expect(complaints('x: [clean, lat]\n', schema)[0]).to.match(
      /^1:12 "lat" is not one of clean, late; did you mean "late"/,
    );
    expect(complaints('x: []\n', schema)).to.deep.equal(['1:4 expected at least 1 entry']);
  });

  it('cuts long lines around the caret', () => {
    const long = problemAt('x', { line: 1, column: 400 }, `${'a'.repeat(399)}B${'c'.repeat(400)}`, 'here');
    const [shown = '', caret = ''] = long.excerpt.split('\n');
    expect(shown.length).to.be.lessThan(110);
    expect(shown[caret.indexOf('^')]).to.equal('B');
  });
});
