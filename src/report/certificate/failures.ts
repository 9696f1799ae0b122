import type { AssertionResult, Results, TestRecord, TestResult } from '../../results/results.ts';
import { count, duration, sentence } from '../format.ts';
import { html, raw, type Markup } from '../html.ts';
import { ladderSvg } from '../ladder.ts';
import { failures } from '../words.ts';
import { wireEvidence } from './wire-evidence.ts';
import { facts, keys } from './tables.ts';

/** Failures beyond this are listed without a diagram, those beyond the second figure not at all. */
const MOST_DRAWN = 40;
const MOST_LISTED = 200;

function assertionTable(assertion: AssertionResult, results: Results): Markup {
  const requirement = results.requirements.find(({ id }) => id === assertion.requirement);
  const means = assertion.means.length === 0 ? '' : `seen by ${assertion.means.join(', ')}`;
  const where = assertion.connections.length === 0 ? '' : html`on ${keys(assertion.connections, 8)}`;
  return html`<div class="together">
    ${facts([
      [
        'Requirement',
        html`<strong>${assertion.requirement}</strong>
          (${assertion.level})${requirement && `: the device ${requirement.text} [${requirement.source}]`}`,
      ],
      ['Expected', sentence(assertion.expected)],
      ['Actual', html`<strong>${sentence(assertion.actual)}</strong>`],
      ['What it means', assertion.meaning === undefined ? '' : sentence(assertion.meaning)],
      ['Evidence', [where, where !== '' && means !== '' && '; ', means]],
    ])}
  </div>`;
}

function confirmed(test: TestResult): string {
  if (!test.confirmation) return '';
  const { repeated, reproduced } = test.confirmation;
  const word = reproduced < repeated ? 'Intermittent: came' : 'Came';
  return `${word} again ${reproduced} of ${repeated} times when it was repeated alone.`;
}

/** A crowd behaves alike: one of it is enough for a page. */
function fewConnections(record: TestRecord): number {
  const all = record.result.connections.length;
  if (all <= 3) return 3;
  return all <= 8 ? 2 : 1;
}

function ladder(record: TestRecord): Markup {
  return html`<figure>
    <figcaption>${record.result.key}: what happened on the wire and at both ends</figcaption>
    ${raw(ladderSvg(record, { maxConnections: fewConnections(record), maxRows: 26 }))}
  </figure>`;
}

function failure(test: TestResult, results: Results, record: TestRecord | undefined): Markup {
  const failed = test.assertions.filter((assertion) => assertion.outcome === 'fail');
  const shown = failed.slice(0, 12).map((assertion) => assertionTable(assertion, results));
  const named = test.faults.map(
    ({ id, confidence, consequenceOf }) =>
      `${id} (${confidence}${consequenceOf === undefined ? '' : `, follows from ${consequenceOf}`})`,
  );
  return html`<article class="failure">
    <h3>${test.key}: ${test.title}</h3>
    ${shown.length === 0 && html`<p><strong>${sentence(test.reason)}</strong></p>`}${shown}
    ${failed.length > 12 && html`<p>and ${failed.length - 12} more expectations, see results.json</p>`}
    <p class="small">
      ${named.length > 0 && `Explained by ${named.join(', ')}. `}${confirmed(test)} Test of
      ${duration(test.durationMs)}, seed ${test.seed}.
      ${test.evidence.map((file) => html`Evidence ${file.path}, SHA-256 <code>${file.sha256}</code>. `)}
    </p>
    ${record && ladder(record)}${record && wireEvidence(record)}
  </article>`;
}

/** Every failed test: what it required, what was expected and seen, what that means, and its ladder diagram. */
export function failuresSection(results: Results, records: readonly TestRecord[]): Markup | false {
  const failed = failures(results);
  if (failed.length === 0) return false;
  const byKey = new Map(records.map((record) => [record.result.key, record]));
  const shown = failed
    .slice(0, MOST_LISTED)
    .map((test, index) => failure(test, results, index < MOST_DRAWN ? byKey.get(test.key) : undefined));
  return html`<section>
    <h2>${count(failed.length, 'failure')}</h2>
    ${shown}${failed.length > MOST_LISTED && html`<p>and ${failed.length - MOST_LISTED} more failures, see results.json</p>`}
  </section>`;
}
