import type { FaultResult, Results } from '../../results/results.ts';
import { count } from '../format.ts';
import { html, type Content, type Markup } from '../html.ts';
import { clip } from '../visible.ts';
import { accusation } from '../words.ts';
import { keys } from './tables.ts';

const CONFIDENCE: Readonly<Record<FaultResult['confidence'], string>> = {
  certain: 'certain: it was observed',
  likely: 'likely: it explains everything that was seen',
  possible: 'possible: other causes would look the same',
};

/** A text whose paragraphs are kept; what is indented is set as code. */
function prose(text: string): Content {
  return clip(text, 6000)
    .split(/\n{2,}/)
    .map((paragraph) =>
      /^(?: {2,}|\t)/m.test(paragraph) ? html`<pre>${paragraph}</pre>` : html`<p>${paragraph}</p>`,
    );
}

function box(fault: FaultResult): Markup {
  return html`<div class="box">
    <h3>${accusation(fault.title)} <span class="small">(${fault.id})</span></h3>
    ${prose(fault.explanation)}
    <p><strong>Remedy.</strong></p>
    ${prose(fault.remedy)}
    <p class="small">Examples in code: <code>mos-conformance explain ${fault.id}</code></p>
    <p class="small">${CONFIDENCE[fault.confidence]}. Shown by: ${keys(fault.tests)}.</p>
  </div>`;
}

/** Failures whose cause is not known: they count as much as the others, and only the remedy is left to the reader. */
function unexplainedBox({ unexplained }: Results): Markup | false {
  if (unexplained.length === 0) return false;
  return html`<div class="box">
    <h3>${count(unexplained.length, 'failure')} that no known fault explains</h3>
    <p>
      What failed is certain, the reason is not: the behaviour fits none of the faults that this tool knows by
      name. The failures themselves, with what was expected and seen, stand below.
    </p>
    <p class="small">Failed: ${keys(unexplained)}.</p>
  </div>`;
}

/** The faults that explain the failures, and the failures that none explains. */
export function faultsSection(results: Results): Markup | false {
  const { faults, unexplained } = results;
  if (faults.length === 0 && unexplained.length === 0) return false;
  return html`<section>
    <h2>Faults and their remedies</h2>
    ${faults.map(box)}${unexplainedBox(results)}
  </section>`;
}
