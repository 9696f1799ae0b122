import type { Results } from '../../results/results.ts';
import { count, day, dateTime, duration, sentence } from '../format.ts';
import { html, type Content, type Markup } from '../html.ts';
import { leftOutSentences } from '../left-out.ts';
import { balance, standingOf, tally } from '../standing.ts';
import { accusation } from '../words.ts';
import { facts, unbroken } from './tables.ts';

function ports(results: Results): string {
  return Object.entries(results.device.ports)
    .map(([name, port]) => `${name} ${port}`)
    .join(', ');
}

function statement(results: Results): string {
  const { device, campaign } = results;
  return `On ${day(campaign.startedAt)} the MOS device “${device.name}” at ${device.address} was tested by ${results.tool.name} ${results.tool.version}. ${balance(results)}`;
}

function incompleteBanner(results: Results): Markup | false {
  const { campaign } = results;
  return (
    !campaign.complete &&
    html`<div class="banner">
      <strong>This campaign is incomplete.</strong> ${sentence(campaign.incompleteReason ?? 'It ended early')}
      What had been found until then stands below; tests that were not run say nothing about the device.
    </div>`
  );
}

/** Lines of the banner, and tests that one of them names. */
const MOST_LEFT_OUT = 30;
const MOST_NAMED = 200;

/** A sentence whose IDs of tests are not broken over lines. */
function words(text: string): Content {
  return text
    .split(/(\b[A-Z]+(?:-\w+)+(?:@\w+)?)/)
    .map((part, index) => (index % 2 === 1 ? unbroken(part) : part));
}

function partialBanner(results: Results): Markup | false {
  const { campaign } = results;
  const lines = leftOutSentences(campaign.leftOut, MOST_NAMED);
  return (
    campaign.scope === 'partial' &&
    html`<div class="banner">
      <strong>Part of what a device owes was left out, so this page is not a certificate.</strong>
      <ul>
        ${lines.slice(0, MOST_LEFT_OUT).map((text) => html`<li>${words(sentence(text))}</li>`)}${
          lines.length > MOST_LEFT_OUT &&
          html`<li>and ${lines.length - MOST_LEFT_OUT} more, see results.json</li>`
        }
      </ul>
    </div>`
  );
}

function faultLine(results: Results): Markup | string {
  const { faults, unexplained } = results;
  if (faults.length === 0 && unexplained.length === 0) return '';
  const rest =
    unexplained.length > 0 &&
    html`<div>${count(unexplained.length, 'failure')} that no known fault explains</div>`;
  return html`${faults.map((fault) => html`<div>${accusation(fault.title)} (${fault.confidence}; ${count(fault.tests.length, 'test')})</div>`)}${rest}`;
}

/** The head of the page: heading, verdict, the sentence that is signed, what is missing, the figures. */
export function opening(results: Results): Markup {
  const { campaign, device } = results;
  const standing = standingOf(results);
  const look = standing.certifies ? '' : results.verdict === 'fail' ? ' bad' : ' half';
  return html`<header>
    <p class="over">MOS conformance test</p>
    <h1>${standing.title}</h1>
    <div class="verdict">
      <div class="stamp${look}">${standing.stamp}</div>
      <p class="sentence">${sentence(results.summary)}</p>
    </div>
    ${incompleteBanner(results)}${partialBanner(results)}
    <p>${statement(results)}</p>
    ${facts([
      ['Device', html`<strong>${device.name}</strong>`],
      [
        'Address',
        `${device.address}${device.host === device.address ? '' : ` (${device.host})`}, ports ${ports(results)}`,
      ],
      ['MOS ID, NCS ID', `${device.mosId}, ${device.ncsId}`],
      [
        'Campaign',
        `${campaign.id}, ${dateTime(campaign.startedAt)} to ${dateTime(campaign.finishedAt)} (${duration(campaign.durationMs)})`,
      ],
      [
        'Scope',
        `${campaign.scope === 'full' ? 'full: everything that a must-requirement needs' : 'partial'}; ${campaign.complete ? 'complete' : 'incomplete'}`,
      ],
      ['Tests', tally(results)],
      ['Faults found', faultLine(results)],
      ['Remarks', results.remarks.length === 0 ? 'none' : `${results.remarks.length}, listed below`],
    ])}
  </header>`;
}
