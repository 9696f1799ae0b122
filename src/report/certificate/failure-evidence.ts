import type { TestRecord } from '../../results/results.ts';
import { html, raw, type Markup } from '../html.ts';
import { ladderSvg } from '../ladder.ts';
import { wireEvidence } from './wire-evidence.ts';

/** A crowd behaves alike: one of it is enough for a page. So is what is accused; the other connections worked. */
function fewConnections({ result }: TestRecord): number {
  const all = result.connections.length;
  const few = all <= 3 ? 3 : all <= 8 ? 2 : 1;
  const failed = result.assertions.filter(({ outcome }) => outcome === 'fail');
  const accused = new Set(failed.flatMap(({ connections }) => connections)).size;
  return accused === 0 ? few : Math.min(few, accused);
}

/** What the certificate shows of a test that failed: its ladder diagram, and messages where it is about these. */
export function failureEvidence(record: TestRecord): Markup {
  return html`<figure>
      <figcaption>${record.result.key}: what happened on the wire and at both ends</figcaption>
      ${raw(ladderSvg(record, { maxConnections: fewConnections(record), maxRows: 26 }))}
    </figure>
    ${wireEvidence(record)}`;
}
