import { expect } from 'chai';
import type { Means } from '../../src/history/facts.ts';
import { certificateHtml } from '../../src/report/certificate.ts';
import { digestOf } from '../../src/report/digest.ts';
import { fingerprint } from '../../src/report/serialise.ts';
import { failing, incomplete, partial, passing, type Sample } from './sample.ts';
import { hostile } from './sample-hostile.ts';
import { releaseRecord } from './sample-tests.ts';

function page({ results, records }: Sample): string {
  return certificateHtml(results, records.map(digestOf)).replace(/\s+/g, ' ');
}

const heading = (text: string): string => /<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '';
const stamp = (text: string): string => /class="stamp[^"]*">(.*?)</.exec(text)?.[1]?.trim() ?? '';

describe('the certificate', () => {
  it('certifies a full, complete campaign that passed, and names its record', () => {
    const sample = passing();
    const text = page(sample);
    expect([heading(text), stamp(text)]).to.deep.equal(['Certificate of conformance', 'PASS']);
    expect(text).to.include('8 must-requirements were tested: 8 fulfilled; 1 of 9 not tested');
    expect(text).to.include('was tested as described and passed');
    expect(text).to.include(fingerprint(sample.results));
  });

  it('tells everything that it rests on', () => {
    const text = page(passing());
    for (const fact of [
      'Example Playout Server 7',
      '127.0.0.1 (playout.station.example), ports lower 10540, upper 10541, query 10542',
      'server.station.example',
      '2.8.5',
      'takes connections, stays silent',
      'swRev',
      'recoveryTime',
      'set for this device',
      'load, disruptive',
      'Linux 6.18 x64',
      '3.2 ms',
      'belongs to another user',
      '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
      'The device never closes first',
      '<span class="key">HC-02@lower</span>/<wbr /><span class="key">upper</span>',
      'For the broadcaster: name, date, signature',
    ]) {
      expect(text).to.include(fact);
    }
  });

  it('does not certify a partial campaign and says what was left out', () => {
    const text = page(partial());
    expect([heading(text), stamp(text)]).to.deep.equal([
      'Passed the tests selected; not a certificate',
      'PARTIAL PASS',
    ]);
    expect(text.replace(/<[^>]*>/g, '')).to.include(
      'SOCK-AB-01 was not tested: it needs the permission disruptive.',
    );
    expect(text).to.include('They do not certify conformance.');
  });

  it('does not certify an incomplete campaign, nor call a requirement fulfilled that is half tested', () => {
    const text = page(incomplete());
    expect([heading(text), stamp(text)]).to.deep.equal([
      'Incomplete campaign; not a certificate',
      'INCOMPLETE',
    ]);
    expect(text).to.include('Interrupted by SIGINT after 7 of 12 tests.');
    expect(text).to.include('fulfilled as far as tested');
    expect(text).to.include('as far as tested; 1 test did not run');
  });

  it('explains a failure: requirement, expected, actual, meaning, fault, remedy, what nothing explains, ladder', () => {
    const text = page(failing());
    expect([heading(text), stamp(text)]).to.deep.equal(['Failed; no certificate', 'FAIL']);
    for (const part of [
      '4 failures',
      'closes its end within the release time when the NCS closes after a completed exchange',
      'Both ends of the connection are released within 5 s after our FIN.',
      'The device was still in CLOSE_WAIT',
      'MOS stops working until the device is restarted.',
      'Connections stay in CLOSE_WAIT',
      'Close the accepted socket when a read returns 0 bytes',
      '1 failure that no known fault explains',
      'Explained by close-wait-leak (certain).',
      'Explained by no known fault.',
      'Came again 3 of 3 times',
      'Not observable',
      'Tests that ended without a verdict',
      'our event loop was 240 ms late',
    ]) {
      expect(text.toLowerCase()).to.include(part.toLowerCase());
    }
    expect(text.match(/<svg /g)).to.have.length(4);
  });

  it('tells a failure on several ports once, and unfolds the diagrams of the others', () => {
    const { results, records } = failing();
    const leak = records.find(({ result }) => result.key === 'REL-02@lower');
    const tests = ['lower', 'upper', 'query'].map((port) => ({ ...leak!.result, key: `REL-02@${port}` }));
    const all = tests.map((result) => ({ ...leak!, result }));
    const text = page({ records: all, results: { ...results, tests } });
    expect(text).to.include('<h2>3 failures, in 1 test</h2>');
    expect(text.match(/<article class="failure">/g)).to.have.length(1);
    expect(text.match(/The same in REL-02@(upper|query):/g)).to.have.length(2);
    expect(text.match(/<details>.*?<svg .*?<\/details>/g)).to.have.length(2);
  });

  it('draws the connection that is accused, not those that only asked whether the device still serves', () => {
    const { results, records } = failing();
    const leak = records.find(({ result }) => result.key === 'REL-02@lower')!;
    const [accused] = leak.result.connections;
    const probe = { ...accused!, name: 'probe', outcome: 'unknown' as const };
    const result = { ...leak.result, connections: [accused!, probe] };
    const asked = leak.facts.map((fact) => ({ ...fact, connection: 'probe' }));
    const record = { ...leak, result, facts: [...leak.facts, ...asked] };
    const text = page({ records: [record], results: { ...results, tests: [result] } });
    expect(text).to.include(`Connection ${accused!.name}, never closed`);
    expect(text).not.to.include('Connection probe');
    expect(text).to.include('and 1 more connection');
  });

  it('tells in which states both ends stood, and which of them were inferred', () => {
    const { results } = failing();
    const closes = (deviceSeen: boolean): string => {
      const { result } = releaseRecord('REL-02@lower', { closes: false, deviceSeen });
      const told = page({ records: [], results: { ...results, tests: [result] } });
      return /<h2>How connections ended.*?<\/section>/.exec(told)?.[0] ?? '';
    };
    expect(closes(true)).to.include('FIN_WAIT_2 here; device: CLOSE_WAIT<');
    expect(closes(false)).to.include('FIN_WAIT_2 here; device: CLOSE_WAIT (inferred)<');
  });

  it('says of an inferred end that it was not seen', () => {
    const { results, records } = failing();
    const leak = records.find(({ result }) => result.key === 'REL-02@lower')!;
    const means: Means[] = ['sock_diag', 'inference'];
    const assertions = leak.result.assertions.map((assertion) => ({ ...assertion, means }));
    const tests = [{ ...leak.result, assertions }];
    const text = page({ records: [], results: { ...results, tests } });
    expect(text).to.include('seen by sock_diag; the device’s end inferred from ours');
  });

  it('tells failures of one test against different requirements apart', () => {
    const { results, records } = failing();
    const leak = records.find(({ result }) => result.key === 'REL-02@lower')!.result;
    const other = leak.assertions.map((assertion) => ({ ...assertion, requirement: 'SOCK-REL-07' }));
    const tests = [leak, { ...leak, key: 'REL-02@upper', assertions: other }];
    const text = page({ records: [], results: { ...results, tests } });
    expect(text.match(/<article class="failure">/g)).to.have.length(2);
  });

  it('says that a failed incomplete campaign failed', () => {
    const { results, records } = failing();
    const text = page({
      records,
      results: { ...results, campaign: { ...results.campaign, complete: false } },
    });
    expect([heading(text), stamp(text)]).to.deep.equal(['Failed; incomplete campaign', 'FAIL']);
  });

  it('has no script and nothing from elsewhere, whatever the device said', () => {
    const { results, records } = hostile();
    const text = certificateHtml(results, records.map(digestOf));
    const tags = text.match(/<[^>]*>/g) ?? [];
    const acting = /^<(script|img|link|iframe|object|base|form)|\son\w+\s*=|javascript:|\ssrc=|\shref=/i;
    expect(tags.filter((tag) => acting.test(tag))).to.deep.equal([]);
    expect(text).not.to.match(/url\(["']?http|@import/);
    expect(text).not.to.match(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
    expect(text).to.include('&lt;script&gt;');
    expect(text.match(/<\/style>/g)).to.have.length(1);
  });

  it('bears a campaign in which nothing ran', () => {
    const { results } = passing();
    const text = page({
      records: [],
      results: { ...results, tests: [], requirements: [], verdict: 'inconc' },
    });
    expect(heading(text)).to.equal('No verdict; no certificate');
  });

  it('is bounded in size when everything fails', () => {
    const { results, records } = failing();
    const leak = records.find(({ result }) => result.key === 'REL-02@lower');
    const tests = Array.from({ length: 1000 }, (_, index) => ({ ...leak!.result, key: `X-${index}@lower` }));
    const all = tests.map((result) => ({ ...leak!, result }));
    expect(certificateHtml({ ...results, tests }, all.map(digestOf)).length).to.be.lessThan(3_000_000);
  });
});
