import type { Results, TestResult } from '../../results/results.ts';
import { sentence } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { APPLICABILITIES, withoutVerdict } from '../words.ts';
import { keys, table } from './tables.ts';

interface Group {
  what: string;
  why: string;
  tests: string[];
}

/** Entries that say the same stand once, with all their tests. */
function grouped(entries: readonly Group[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { what, why, tests } of entries) {
    const same = groups.get(JSON.stringify([what, why]));
    if (same) same.tests.push(...tests.filter((test) => !same.tests.includes(test)));
    else groups.set(JSON.stringify([what, why]), { what, why, tests: [...tests] });
  }
  return [...groups.values()];
}

function groupTable(heads: readonly [string, string], groups: readonly Group[]): Markup {
  const columns = [{ head: heads[0] }, { head: heads[1] }, { head: 'Tests' }];
  return table(
    columns,
    groups.map(({ what, why, tests }) => ({
      cells: [what, why, html`<span class="small">${keys(tests)}</span>`],
    })),
  );
}

/** Tests that ran and could not tell: never counted against the device, never for it. */
export function withoutVerdictSection(results: Results): Markup | false {
  const tests = withoutVerdict(results);
  if (tests.length === 0) return false;
  const of = (test: TestResult): Group => ({
    what: test.verdict === 'error' ? 'error of the test harness' : 'inconclusive',
    why: sentence(test.reason),
    tests: [test.key],
  });
  return html`<section>
    <h2>Tests that ended without a verdict</h2>
    <p class="small">They count neither for nor against the device.</p>
    ${groupTable(['Verdict', 'Why'], grouped(tests.map(of)))}
  </section>`;
}

/** What is worth knowing and no failure, each once. */
export function remarksSection({ remarks }: Results): Markup | false {
  if (remarks.length === 0) return false;
  const groups = grouped(remarks.map(({ text, tests }) => ({ what: sentence(text), why: '', tests })));
  const rows = groups.map(({ what, tests }) => ({
    cells: [what, html`<span class="small">${keys(tests)}</span>`],
  }));
  return html`<section>
    <h2>Remarks</h2>
    <p class="small">
      Worth knowing, and no failure: recommendations that were not followed, and oddities on the wire.
    </p>
    ${table([{ head: 'Remark' }, { head: 'Tests' }], rows)}
  </section>`;
}

/** Expectations that nobody could see answered: said openly, so that nobody takes them for tested. */
export function notObservableSection({ tests }: Results): Markup | false {
  const entries = tests.flatMap((test) =>
    test.assertions
      .filter(({ outcome }) => outcome === 'not observable')
      .map((assertion) => ({
        what: `${assertion.requirement}: ${assertion.expected}`,
        why: sentence(assertion.actual),
        tests: [test.key],
      })),
  );
  if (entries.length === 0) return false;
  return html`<section>
    <h2>Not observable</h2>
    <p class="small">Nobody saw whether this holds; the verdict rests on what our end saw.</p>
    ${groupTable(['Expectation', 'Why'], grouped(entries))}
  </section>`;
}

/** Tests that did not run, with the reason. */
export function notRunSection({ tests }: Results): Markup | false {
  const entries = tests.flatMap(({ applicability, reason, key }) =>
    applicability === 'selected'
      ? []
      : [
          {
            what: `${applicability}: ${APPLICABILITIES[applicability]}`,
            why: sentence(reason),
            tests: [key],
          },
        ],
  );
  if (entries.length === 0) return false;
  return html`<section>
    <h2>Tests that did not run</h2>
    ${groupTable(['Kind', 'Reason'], grouped(entries))}
  </section>`;
}
