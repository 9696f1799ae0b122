import type { Means } from '../../history/facts.ts';
import type { AssertionResult, Results, TestResult } from '../../results/results.ts';
import { count, duration, sentence } from '../format.ts';
import type { TestDigest } from '../digest.ts';
import { html, type Markup } from '../html.ts';
import { failures } from '../words.ts';
import { facts, keys } from './tables.ts';

/** Failures beyond this are listed without a diagram, those beyond the second figure not at all. */
const MOST_DRAWN = 40;
const MOST_LISTED = 200;

function assertionTable(assertion: AssertionResult, results: Results): Markup {
  const requirement = results.requirements.find(({ id }) => id === assertion.requirement);
  const means = howKnown(assertion.means);
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

/** By what it was seen; what was inferred was not. */
function howKnown(means: readonly Means[]): string {
  const seen = means.filter((one) => one !== 'inference');
  const isInferred = seen.length < means.length;
  return [
    seen.length > 0 && `seen by ${seen.join(', ')}`,
    isInferred && 'the device’s end inferred from ours',
  ]
    .filter(Boolean)
    .join('; ');
}

function confirmed(test: TestResult): string {
  if (!test.confirmation) return '';
  const { repeated, reproduced } = test.confirmation;
  const word = reproduced < repeated ? 'Intermittent: came' : 'Came';
  return `${word} again ${reproduced} of ${repeated} times when it was repeated alone.`;
}

function explainedBy({ faults }: TestResult): string {
  const named = faults.map(({ id, confidence }) => `${id} (${confidence})`);
  return named.length === 0 ? 'Explained by no known fault.' : `Explained by ${named.join(', ')}.`;
}

function circumstances(test: TestResult): Markup {
  return html`<p class="small">
    ${explainedBy(test)} ${confirmed(test)} Test of ${duration(test.durationMs)}, seed ${test.seed}.
    ${test.evidence.map((file) => html`Evidence ${file.path}, SHA-256 <code>${file.sha256}</code>. `)}
  </p>`;
}

function failedOf(test: TestResult): AssertionResult[] {
  return test.assertions.filter((assertion) => assertion.outcome === 'fail');
}

/** The same on another port: what was seen there, and its diagram for those who unfold it. */
function again(test: TestResult, evidence: Markup | undefined): Markup {
  const actual = [...new Set(failedOf(test).map((assertion) => sentence(assertion.actual)))];
  const seen = actual.length === 0 ? [sentence(test.reason)] : actual.slice(0, 3);
  return html`<div class="again">
    <p><strong>The same in ${test.key}:</strong> ${seen.join(' ')}</p>
    ${circumstances(test)}
    ${
      evidence &&
      html`<details>
        <summary>Ladder diagram of ${test.key}</summary>
        ${evidence}
      </details>`
    }
  </div>`;
}

function failure(tests: readonly TestResult[], results: Results, evidenceOf: EvidenceOf): Markup | false {
  const [test, ...others] = tests;
  if (!test) return false;
  const failed = failedOf(test);
  const shown = failed.slice(0, 12).map((assertion) => assertionTable(assertion, results));
  return html`<article class="failure">
    <h3>${test.key}: ${test.title}</h3>
    ${shown.length === 0 && html`<p><strong>${sentence(test.reason)}</strong></p>`}${shown}
    ${failed.length > 12 && html`<p>and ${failed.length - 12} more expectations, see results.json</p>`}
    ${circumstances(test)}${evidenceOf(test)}${others.map((other) => again(other, evidenceOf(other)))}
  </article>`;
}

/** The evidence of a test, where it is to be shown. */
type EvidenceOf = (test: TestResult) => Markup | undefined;

/** Failures of one test on several ports against the same requirements are told once. */
function alike(tests: readonly TestResult[]): TestResult[][] {
  const groups = new Map<string, TestResult[]>();
  for (const test of tests) {
    const requirements = failedOf(test).map(({ requirement, expected }) => `${requirement} ${expected}`);
    const key = [test.id, ...new Set(requirements)].join('\n');
    const group = groups.get(key);
    if (group) group.push(test);
    else groups.set(key, [test]);
  }
  return [...groups.values()];
}

/** Every failed test: what it required, what was expected and seen, what that means, and its ladder diagram. */
export function failuresSection(results: Results, digests: readonly TestDigest[]): Markup | false {
  const failed = failures(results);
  if (failed.length === 0) return false;
  const byKey = new Map(digests.map(({ result, evidence }) => [result.key, evidence]));
  const groups = alike(failed.slice(0, MOST_LISTED));
  const firsts = groups.flatMap(([first]) => first ?? []);
  const rest = groups.flatMap(([, ...others]) => others);
  const drawn = new Set([...firsts, ...rest].slice(0, MOST_DRAWN));
  const evidenceOf: EvidenceOf = (test) => (drawn.has(test) ? byKey.get(test.key) : undefined);
  const inTests = groups.length < failed.length && `, in ${count(groups.length, 'test')}`;
  return html`<section>
    <h2>${count(failed.length, 'failure')}${failed.length <= MOST_LISTED && inTests}</h2>
    ${groups.map((tests) => failure(tests, results, evidenceOf))}${failed.length > MOST_LISTED && html`<p>and ${failed.length - MOST_LISTED} more failures, see results.json</p>`}
  </section>`;
}
