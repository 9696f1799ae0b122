import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { once } from '../../bench/bench.ts';
import { PAGE, pageWith } from '../../bench/page.ts';

const CIRCUMSTANCES = {
  ...{ machine: '2 × Some CPU', date: '2026-03-01T06:00:00.000Z', load: ['0.1', '1.2'] as const },
  ...{ command: 'npm run bench -- --write', notices: ['There is no netstat.'] },
};

describe('the page about performance', () => {
  const page = readFileSync(PAGE, 'utf8');
  const rows = [
    once('standard tier, sound: whole, against its target', 's', 24.04, 25),
    once('list, against node -e 0', 'ms', 700, 100),
  ];
  const written = pageWith(page, rows, CIRCUMSTANCES);

  it('says what was measured, where, when and how', () => {
    expect(written).to.include(
      'Measured on 2026-03-01 with `npm run bench -- --write`: 2 × Some CPU; load 0.1 before and 1.2 after. There is no netstat.',
    );
    expect(written).to.include('| list, against node -e 0 | 700 | 100 | ms | 7 | once |');
  });

  it('says which targets were reached, and which were not measured', () => {
    expect(written).to.include('| standard tier, sound | 65 s | at most 25 s | 24 s | yes |');
    expect(written).to.include('| `list`; `node -e 0` = 1 | 25 | at most 6 | 7 | no |');
    expect(written).to.include(
      '| standard tier, never closes | more than 600 s, incomplete | at most 75 s | not measured |',
    );
  });

  it('can be written again', () => {
    expect(pageWith(written, rows, CIRCUMSTANCES)).to.equal(written);
  });
});
