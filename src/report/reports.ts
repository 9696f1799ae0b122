import type { Results, TestRecord } from '../results/results.ts';
import { certificateHtml } from './certificate.ts';
import type { DrillDown } from './drill-down.ts';
import { historyLines } from './history-lines.ts';
import { junitXml } from './junit.ts';
import { serialiseResults } from './serialise.ts';

/** What reports are made from. */
export interface EndedCampaign {
  results: Results;
  records: readonly TestRecord[];
  /** Absent where mocha runs the tests with a reporter of the user's. */
  drillDown?: DrillDown;
}

/** One output of a campaign. */
export interface Report<File extends string = string> {
  /** The name of its file in the campaign's folder. */
  file: File;
  /** Its text in pieces, or `undefined` where this campaign has no such output. May throw, also between pieces. */
  make: (campaign: EndedCampaign) => Iterable<string> | AsyncIterable<string> | undefined;
}

/** Every output of a campaign, the most important first: a disk may be nearly full. */
export const REPORTS = [
  { file: 'results.json', make: ({ results }) => [serialiseResults(results)] },
  { file: 'certificate.html', make: ({ results, records }) => [certificateHtml(results, records)] },
  { file: 'junit.xml', make: ({ results }) => [junitXml(results)] },
  { file: 'history.ndjson', make: ({ records }) => historyLines(records) },
  { file: 'report.html', make: ({ drillDown }) => drillDown?.page('report.html') },
  { file: 'report.json', make: ({ drillDown }) => drillDown?.page('report.json') },
] as const satisfies readonly Report[];
