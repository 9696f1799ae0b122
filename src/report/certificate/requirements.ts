import type { RequirementResult, Results } from '../../results/results.ts';
import { html, type Markup } from '../html.ts';
import { count } from '../format.ts';
import { testsMissing } from '../standing.ts';
import { failsDevice, requirementWord } from '../words.ts';
import { keys, table } from './tables.ts';

const COLUMNS = [
  { head: 'Requirement', set: 'keep' as const },
  { head: 'Level', set: 'keep' as const },
  { head: 'The device …', set: 'wide' as const },
  { head: 'Verdict' },
  { head: 'Tests' },
];

function row(requirement: RequirementResult, results: Results) {
  const { strict } = results.campaign.selection;
  const missing = testsMissing(requirement, results);
  const partly =
    missing > 0 && html`<div class="small">as far as tested; ${count(missing, 'test')} did not run</div>`;
  const reason = requirement.reason === undefined ? '' : html`<div class="small">${requirement.reason}</div>`;
  return {
    cells: [
      requirement.id,
      requirement.level,
      html`${requirement.text} <span class="small">[${requirement.source}]</span>`,
      html`${requirementWord(requirement, strict)}${partly}${reason}`,
      html`<span class="small">${keys(requirement.tests)}</span>`,
    ],
    bad: requirement.verdict === 'fail' && failsDevice(requirement.level, strict),
  };
}

/** Every requirement with its level, its verdict and the tests that cover it. */
export function requirementsSection(results: Results): Markup {
  return html`<section>
    <h2>Requirements</h2>
    <p class="small">A heavy bar marks what was not fulfilled.</p>
    ${table(
      COLUMNS,
      results.requirements.map((requirement) => row(requirement, results)),
    )}
  </section>`;
}
