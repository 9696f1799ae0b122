import { expect } from 'chai';
import { z } from 'zod';
import {
  parseResults,
  ResultsProblem,
  ResultsSchema,
  resultsSchema,
} from '../../src/report/results-schema.ts';
import { serialiseResults } from '../../src/report/serialise.ts';
import { failing, incomplete, partial, passing } from './sample.ts';
import { hostile } from './sample-hostile.ts';

describe('the schema of results.json', () => {
  it('is a JSON Schema that names its draft and says what it is', () => {
    const schema = resultsSchema() as {
      $schema: string;
      title: string;
      required: string[];
      properties: object;
    };
    expect(schema.$schema).to.match(/2020-12/);
    expect(schema.title).to.equal('Results of a mos-conformance campaign');
    expect(schema.required).to.have.members(Object.keys(passing().results));
  });

  it('accepts what campaigns write', () => {
    const published = z.fromJSONSchema(JSON.parse(JSON.stringify(resultsSchema())));
    for (const { results } of [passing(), failing(), incomplete(), partial(), hostile()]) {
      published.parse(JSON.parse([...serialiseResults(results)].join('')));
      expect(ResultsSchema.safeParse(results).success).to.equal(true);
      expect(parseResults([...serialiseResults(results)].join('')).tests).to.deep.equal(results.tests);
    }
  });

  it('is written as JSON, with what holds nothing of its own on one line', () => {
    const { results } = failing();
    const text = [...serialiseResults({ ...results, unexplained: undefined as never })].join('');
    const { unexplained: _absent, ...expected } = results;
    expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(expected)));
    expect(text).to.match(
      /^\{\n {2}"schemaVersion": 1,\n {2}"tool": \{"name":"mos-conformance","version":"[^"]+"\},\n/,
    );
    expect(text.length).to.be.below(JSON.stringify(expected, null, 2).length * 0.8);
  });

  it('refuses what is none, in one sentence', () => {
    const good = passing().results;
    const problem = (json: string): string => {
      try {
        parseResults(json);
      } catch (error) {
        expect(error).to.be.instanceOf(ResultsProblem);
        return (error as Error).message;
      }
      return 'accepted';
    };
    expect(problem('{')).to.equal('This is no results.json: it is not JSON.');
    expect(problem('null')).to.match(/^This is no results\.json of version 1: .*\.$/);
    expect(problem(JSON.stringify({ ...good, verdict: 'maybe' }))).to.match(/at verdict\.$/);
    expect(problem(JSON.stringify({ ...good, schemaVersion: 2 }))).to.match(/at schemaVersion\.$/);
    expect(problem(JSON.stringify({ ...good, later: true }))).to.equal('accepted');
  });
});
