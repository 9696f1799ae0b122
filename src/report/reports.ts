import type { Results } from '../results/results.ts';
import { certificateHtml } from './certificate.ts';
import type { TestDigest } from './digest.ts';
import type { DrillDownPages } from './drill-down.ts';
import { junitXml } from './junit.ts';
import { serialiseResults } from './serialise.ts';

/** What reports are made from. */
export interface EndedCampaign {
  results: Results;
  digests: readonly TestDigest[];
  drillDown: DrillDownPages;
}

/** One report on a campaign. */
export interface Report<File extends string = string> {
  /** The name of its file in the campaign's folder. */
  file: File;
  /** Its text in pieces. May throw, also between pieces. */
  make: (campaign: EndedCampaign) => Iterable<string> | AsyncIterable<string>;
}

/** Every report on a campaign, the most important first: a disk may be nearly full. */
export const REPORTS = [
  { file: 'results.json', make: ({ results }) => serialiseResults(results) },
  { file: 'certificate.html', make: ({ results, digests }) => [certificateHtml(results, digests)] },
  { file: 'junit.xml', make: ({ results }) => [junitXml(results)] },
  { file: 'report.html', make: ({ drillDown }) => drillDown.page('report.html') },
  { file: 'report.json', make: ({ drillDown }) => drillDown.page('report.json') },
] as const satisfies readonly Report[];
