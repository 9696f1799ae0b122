import { makeReports } from '../campaign/make-reports.ts';
import { recoverCampaign } from '../campaign/recover.ts';
import { whyNoCampaign } from '../report/folder.ts';
import { HistoryProblem } from '../report/read-history.ts';
import type { Command } from './command.ts';
import { UsageError } from './exit.ts';
import { tellCampaign } from './tell-campaign.ts';

/** What `report` was told. */
interface ReportArguments {
  dir: string;
}

/** `report`: makes the reports of a campaign from its history. */
export const reportCommand: Command<ReportArguments> = {
  builder: (yargs) =>
    yargs
      .positional('dir', {
        type: 'string',
        demandOption: true,
        describe: 'The folder of a campaign, also of one that was killed',
      })
      .epilogue(
        'A campaign that broke off is marked incomplete. The exit code is that of the campaign; 2 where the folder holds no history that can be read.',
      ),
  handler: async ({ dir }) => {
    process.exitCode = await report(dir);
  },
};

async function report(dir: string): Promise<number> {
  const problem = await whyNoCampaign(dir);
  if (problem !== undefined) throw new UsageError(problem);
  return tellCampaign(await makeReports(dir, await recovered(dir)), process.stdout);
}

/** What is wrong with a history is for the user to know, and nothing is written then. */
async function recovered(dir: string): ReturnType<typeof recoverCampaign> {
  try {
    return await recoverCampaign(dir);
  } catch (problem) {
    if (problem instanceof HistoryProblem) throw new UsageError(problem.message);
    throw problem;
  }
}
