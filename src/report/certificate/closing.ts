import type { Results } from '../../results/results.ts';
import { html, type Markup } from '../html.ts';
import { fingerprint } from '../serialise.ts';
import { standingOf } from '../standing.ts';
import { CLOSE_OUTCOMES } from '../words.ts';

const WORDS: readonly (readonly [string, string])[] = [
  ['must', 'a duty; a device that does not fulfil it fails'],
  ['should', 'a recommendation; what does not follow it is a remark'],
  ['may', 'a choice; what departs from it is a note'],
  ['observed', 'seen by an observer, which is named'],
  ['inferred', 'follows from what was observed by the rules of TCP; it says from what'],
  ['inconclusive', 'the test ran and could not tell; it counts neither way'],
  ['error', 'the test harness failed, not the device'],
  ['released', 'the device’s end is gone or in TIME_WAIT, and ours has gone through its close'],
];

/** What the words of this page mean. */
export function legendSection(results: Results): Markup {
  const used = new Set(results.tests.flatMap((test) => test.connections.map(({ outcome }) => outcome)));
  const outcomes = Object.entries(CLOSE_OUTCOMES).filter(([outcome]) =>
    [...used].some((word) => word === outcome),
  );
  const entry = ([word, meaning]: readonly [string, string]): Markup =>
    html`<dt>${word}</dt>
      <dd>${meaning}</dd>`;
  return html`<section>
    <h2>Words</h2>
    <dl>${WORDS.map(entry)}${outcomes.map(entry)}</dl>
  </section>`;
}

function meaningOfSignature(results: Results): string {
  const standing = standingOf(results);
  if (standing.certifies)
    return 'The signatures below confirm that the device named above was tested as described and passed.';
  return 'The signatures below confirm that the device named above was tested as described, with the result above. They do not certify conformance.';
}

/** Who signs, and the fingerprint of the record that the page stands for. */
export function signatures(results: Results): Markup {
  return html`<section class="together">
    <h2>Signatures</h2>
    <p>${meaningOfSignature(results)}</p>
    <p class="small">
      This page is drawn from results.json of campaign ${results.campaign.id}, SHA-256
      <code>${fingerprint(results)}</code>. It speaks of the device and the software version that were tested,
      on that day, under the conditions above.
    </p>
    <div class="signatures">
      <div>Tested by: name, date, signature</div>
      <div>For the broadcaster: name, date, signature</div>
      <div>For the vendor: name, date, signature</div>
      <div>Device serial number, software version</div>
    </div>
  </section>`;
}
