import type { FaultResult, Results } from '../../results/results.ts';
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

function box(fault: FaultResult, follows: boolean): Markup {
  return html`<div class="box${follows && ' follows'}">
    <h3>${accusation(fault.title)} <span class="small">(${fault.id})</span></h3>
    ${follows && html`<p class="small">A consequence of ${fault.consequenceOf}, no accusation of its own.</p>`}${prose(fault.explanation)}
    <p><strong>Remedy.</strong></p>
    ${prose(fault.remedy)}
    <p class="small">Examples in code: <code>mos-conformance explain ${fault.id}</code></p>
    <p class="small">${CONFIDENCE[fault.confidence]}. Shown by: ${keys(fault.tests)}.</p>
  </div>`;
}

function withConsequences(fault: FaultResult, all: readonly FaultResult[], seen: Set<string>): Markup[] {
  if (seen.has(fault.id)) return [];
  seen.add(fault.id);
  const following = all.filter((other) => other.consequenceOf === fault.id);
  const follows = fault.consequenceOf !== undefined && seen.has(fault.consequenceOf);
  return [box(fault, follows), ...following.flatMap((other) => withConsequences(other, all, seen))];
}

/** The faults that explain the failures, each followed by what is merely its consequence. */
export function faultsSection({ faults }: Results): Markup | false {
  if (faults.length === 0) return false;
  const seen = new Set<string>();
  const causes = faults.filter((fault) => !faults.some((other) => other.id === fault.consequenceOf));
  const boxes = [...causes, ...faults].flatMap((fault) => withConsequences(fault, faults, seen));
  return html`<section>
    <h2>Faults and their remedies</h2>
    ${boxes}
  </section>`;
}
