import { MEANS_NAMES } from './means.ts';
import type { Results } from '../../results/results.ts';
import { count, duration } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { VANTAGE_NAMES } from '../ladder/vantages.ts';
import { facts, table } from './tables.ts';

function selection({ campaign }: Results): string {
  const { tier, groups, tests, suites, strict } = campaign.selection;
  const parts = [`tier ${tier}`];
  if (groups.length > 0) parts.push(`groups ${groups.join(', ')}`);
  if (tests.length > 0) parts.push(`tests ${tests.slice(0, 40).join(', ')}`);
  if (suites.length > 0) parts.push(`read from ${suites.join(', ')}`);
  return `${parts.join('; ')}${strict ? '; strict: a should counts as a must' : ''}`;
}

function parameters({ campaign }: Results): Markup {
  const rows = campaign.parameters.map((parameter) => ({
    cells: [
      parameter.name,
      `${parameter.value} ${parameter.unit}`,
      parameter.default ? 'default' : html`<strong>set for this device</strong>`,
    ],
  }));
  return table([{ head: 'Parameter' }, { head: 'Value' }, { head: 'Origin' }], rows);
}

function observers({ campaign }: Results): Markup {
  if (campaign.observers.length === 0) return html`<p>No observer was at work.</p>`;
  const rows = campaign.observers.map((observer) => ({
    cells: [
      MEANS_NAMES[observer.means],
      VANTAGE_NAMES[observer.vantage],
      observer.samples,
      observer.largestGapMs > 0 ? duration(observer.largestGapMs) : '–',
      observer.note ?? '',
    ],
  }));
  const columns = [
    { head: 'By what' },
    { head: 'Sees' },
    { head: 'Samples', set: 'number' as const },
    { head: 'Largest gap', set: 'number' as const },
    { head: 'Limits' },
  ];
  return table(columns, rows);
}

function suites({ campaign }: Results): Markup {
  const rows = campaign.suites.map((suite) => ({ cells: [suite.path, html`<code>${suite.sha256}</code>`] }));
  return table([{ head: 'Suite' }, { head: 'SHA-256' }], rows);
}

/** How it was tested: tool, machine, selection, permissions, parameters, observers, suites. */
export function conditionsSection(results: Results): Markup {
  const { campaign, tool } = results;
  const permitted = campaign.permissions.length === 0 ? 'none' : campaign.permissions.join(', ');
  return html`<section>
    <h2>How it was tested</h2>
    ${facts([
      ['Tool', `${tool.name} ${tool.version}`],
      ...Object.entries(campaign.environment).map(
        ([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value] as const,
      ),
      ['Selection', selection(results)],
      ['Permissions given', permitted],
      ['Seed', campaign.seed],
      ['Exit code', campaign.exitCode],
    ])}
    <h3>Parameters</h3>
    ${parameters(results)}
    <h3>Observers</h3>
    <p class="small">
      How the states of sockets were seen at each end, how often, and the longest time in which nobody looked.
      A test that needs a finer look than this is inconclusive, never failed.
    </p>
    ${observers(results)}
    <h3>${count(campaign.suites.length, 'suite')}</h3>
    ${suites(results)}
  </section>`;
}
