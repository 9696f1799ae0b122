import { expect } from 'chai';
import { summaryText } from '../../src/report/summary.ts';
import { failing, incomplete, partial, passing } from './sample.ts';
import { hostile } from './sample-hostile.ts';

describe('the summary for the terminal', () => {
  it('tells verdict, figures and where the certificate is', () => {
    expect(
      summaryText(passing().results, { color: false, certificate: 'reports/x/certificate.html' }),
    ).to.equal(
      [
        'PASS  Example Playout Server 7 fulfils every must-requirement that was tested; one remark.',
        '12 tests: 8 passed, 0 failed, 2 remarks, 2 not applicable. (46.79 s)',
        '',
        'Report: reports/x/certificate.html',
        '',
      ].join('\n'),
    );
  });

  it('tells faults with the first line of their remedy, failures with their reason, and what has no verdict', () => {
    const text = summaryText(failing().results, {
      color: false,
      problems: ['junit.xml could not be written.'],
    });
    expect(text).to.include('FAIL  Example Playout Server 7 does not close its end');
    expect(text).to.include('Connections stay in CLOSE_WAIT (close-wait-leak, certain; 3 tests)');
    expect(text).to.include(
      'Remedy: Close the accepted socket when a read returns 0 bytes (the close event).\n',
    );
    expect(text).to.include('1 failure that no known fault explains: REL-10@lower');
    expect(text).to.include('fail REL-02@lower (also upper): the device was still in CLOSE_WAIT');
    expect(text).to.include('inconc ST-01@lower: our event loop was 240 ms late');
    expect(text).to.include('junit.xml could not be written.');
  });

  it('tells what is the same on several ports once', () => {
    const { results } = failing();
    const leak = results.tests.find(({ key }) => key === 'REL-02@lower')!;
    const tests = ['lower', 'upper', 'query'].map((port, index) => ({
      ...leak,
      key: `REL-02@${port}`,
      reason: `the device was still in CLOSE_WAIT 5.0${index} s after our FIN`,
    }));
    const other = {
      ...leak,
      key: 'REL-02@upper',
      reason: 'the device reset the connection',
      connections: leak.connections.map((one) => ({ ...one, outcome: 'reset by device' as const })),
    };
    const text = summaryText({ ...results, tests: [...tests, other] }, { color: false });
    const lines = text.split('\n').filter((line) => line.startsWith('  fail '));
    expect(lines).to.deep.equal([
      '  fail REL-02@lower (also upper, query): the device was still in CLOSE_WAIT 5.00 s after our FIN',
      '  fail REL-02@upper: the device reset the connection',
    ]);
  });

  it('does not let a partial or incomplete campaign pass for a certificate', () => {
    expect(summaryText(partial().results, { color: false })).to.match(
      /^PARTIAL PASS .*\nPassed the tests selected; not a certificate\n/,
    );
    expect(summaryText(incomplete().results, { color: false })).to.include(
      'INCOMPLETE  No verdict on Example Playout Server 7: interrupted by SIGINT after 7 of 12 tests.\n',
    );
  });

  it('colours only when told, and is never taken hold of by what a device said', () => {
    expect(summaryText(failing().results, { color: true })).to.include('\u001b[31mFAIL\u001b[39m');
    expect(summaryText(hostile().results, { color: false })).not.to.match(
      /[\u0000-\u0009\u000b-\u001f\u202e]/,
    );
  });
});
