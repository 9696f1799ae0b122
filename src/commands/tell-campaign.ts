import type { ReportedCampaign } from '../campaign/make-reports.ts';
import { summaryText } from '../report/summary.ts';
import { wantsColor } from '../report/terminal.ts';
import { EXIT } from './exit.ts';

/** Prints what a campaign found; the result is the exit code. A report that is missing spoils a pass. */
export function tellCampaign({ results, written }: ReportedCampaign, stream: NodeJS.WriteStream): number {
  const certificate = written.paths['certificate.html'];
  const summary = summaryText(results, {
    color: wantsColor(stream),
    problems: written.problems,
    ...(certificate !== undefined && { certificate }),
  });
  stream.write(`${summary}\n`);
  const { exitCode } = results.campaign;
  return written.problems.length > 0 && exitCode === EXIT.pass ? EXIT.internal : exitCode;
}
