import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { junitXml } from '../../src/report/junit.ts';
import type { Results } from '../../src/results/results.ts';
import { failing, incomplete, passing } from './sample.ts';
import { hostile } from './sample-hostile.ts';

interface Case {
  '@name': string;
  '@classname': string;
  '@time': string;
  failure?: { '@message': string; '#text': string };
  error?: { '@type': string };
  skipped?: { '@message': string };
  'system-out'?: string;
}

interface Suite {
  '@name': string;
  '@tests': string;
  testcase: Case[];
}

function read(results: Results): { root: Record<string, string>; suites: Suite[]; cases: Map<string, Case> } {
  const text = junitXml(results);
  expect(XMLValidator.validate(text)).to.equal(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  const root = parser.parse(text).testsuites;
  const suites: Suite[] = root.testsuite;
  const cases = suites
    .flatMap((suite) => suite.testcase)
    .map((item): [string, Case] => [item['@name'].split(' ')[0] ?? '', item]);
  return { root, suites, cases: new Map(cases) };
}

describe('junit.xml', () => {
  it('maps verdicts as the design says', () => {
    const { cases, root } = read(failing().results);
    expect(cases.get('REL-02@lower')?.failure?.['@message']).to.match(/^the device was still in CLOSE_WAIT/);
    expect(cases.get('REL-02@lower')?.failure?.['#text']).to.include('fault: close-wait-leak (certain)');
    expect(cases.get('ST-01@lower')?.error?.['@type']).to.equal('Inconclusive');
    expect(cases.get('CH-01@lower')?.skipped?.['@message']).to.equal(
      'not run: the device was lost in REL-10@lower',
    );
    expect(cases.get('DC-01@lower')?.skipped?.['@message']).to.equal(
      'not applicable: the device never closes first',
    );
    expect(cases.get('HC-02@lower')?.['system-out']).to.match(/^remark: the device closed without a reply/);
    expect(cases.get('HC-02@lower')).not.to.have.any.keys('failure', 'error');
    expect(cases.get('REL-01@lower')).to.not.have.any.keys('failure', 'error', 'skipped', 'system-out');
    expect(root).to.include({ '@tests': '16', '@failures': '4', '@errors': '1', '@skipped': '3' });
  });

  it('makes a failed should a failure when the campaign is strict', () => {
    const { results } = passing();
    const selection = { ...results.campaign.selection, strict: true };
    const { cases } = read({ ...results, campaign: { ...results.campaign, selection } });
    expect(cases.get('HC-02@lower')?.failure).not.to.equal(undefined);
  });

  it('calls an error of ours one', () => {
    const { results } = passing();
    const tests = results.tests.map((test) => ({ ...test, verdict: 'error' as const }));
    expect(read({ ...results, tests }).cases.get('REL-01@lower')?.error?.['@type']).to.equal('HarnessError');
  });

  it('has a suite a group, times in seconds and stable names', () => {
    const { suites, cases } = read(passing().results);
    expect(suites.map((suite) => [suite['@name'], suite['@tests']])).to.deep.equal([
      ['CON Connecting', '2'],
      ['REL Orderly release', '4'],
      ['DC Device closes first', '2'],
      ['AB Abort', '2'],
      ['HC Half-close', '2'],
    ]);
    expect(cases.get('REL-01@lower')).to.include({ '@classname': 'mos-conformance.REL', '@time': '0.014' });
  });

  it('is not green after an incomplete campaign', () => {
    const { cases, root } = read(incomplete().results);
    expect(root['@errors']).to.equal('1');
    expect(cases.get('The')?.error?.['@type']).to.equal('Incomplete');
  });

  it('is valid XML whatever the device said', () => {
    const text = junitXml(hostile().results);
    expect(XMLValidator.validate(text)).to.equal(true);
    expect(text).not.to.match(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|<script/);
  });
});
