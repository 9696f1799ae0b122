import { readDeviceFile } from '../subject/device-file.ts';
import { formatProblem } from '../document/problem.ts';
import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { defaultFolder, prepareFolder } from '../report/folder.ts';
import { HistoryFile } from '../report/history-file.ts';
import { summaryText } from '../report/summary.ts';
import { portsOf } from '../scenario/ports.ts';
import { readSuite, type SuiteReading } from '../suite/read-suite.ts';
import { clashesOf } from '../suite/read.ts';
import type { Suite } from '../suite/model.ts';
import { DEFAULT_PORTS, resolveTarget } from '../subject/resolve.ts';
import { Campaign } from './campaign.ts';
import { planOf } from './campaign-plan.ts';
import { Chronicle } from './chronicle.ts';
import { embeddedOptions, startEmbedded, type EmbeddedDevice } from './embedded.ts';
import { whyNotTouch } from './consent.ts';
import { closeHistory, makeReports } from './make-reports.ts';
import { addTest, verdictError } from './mocha.ts';
import type { TestRecord } from '../results/results.ts';
import type { Target } from '../subject/target.ts';
import { keyOf, type PlannedTest } from './plan.ts';

/** ms in which the embedded device must be up, and the last reports written. */
const HOOK_MS = 60_000;

/** Where a campaign is written down. */
interface Keeping {
  dir: string;
  file: HistoryFile;
  chronicle: Chronicle;
}

/** What the spec files of one mocha process share: the device and the campaign against it. */
class MochaCampaign {
  readonly #devicePath: string | undefined;
  readonly #readings: SuiteReading[] = [];
  readonly #planned: PlannedTest[] = [];
  #embedded: EmbeddedDevice | undefined;
  #campaign: Campaign | undefined;
  #keeping: Keeping | undefined;
  readonly #sanity: TestRecord[] = [];

  constructor(devicePath: string | undefined) {
    this.#devicePath = devicePath;
    const begin = (): Promise<void> => this.#begin();
    const end = (): Promise<void> => this.#end();
    before('the device answers and the observers see', function () {
      this.timeout(HOOK_MS);
      return begin();
    });
    after('the device still answers, the reports are written', function () {
      this.timeout(HOOK_MS);
      return end();
    });
  }

  /** Defines the tests of one suite file for every port that the device declares. */
  add(file: string): void {
    const reading = readSuite(file);
    this.#readings.push(reading);
    const { suite } = reading;
    const problems = [...reading.problems, ...clashesOf(this.#readings)];
    if (!suite || problems.length > 0) throw refusal(problems.map(formatProblem));
    const parent = describe(`${suite.groupTitle}: ${suite.title}`, () => {});
    for (const planned of this.#plan(suite)) {
      this.#planned.push(planned);
      addTest(parent, `${keyOf(planned)} ${planned.test.title}`, planned.test.source, async () => {
        if (!this.#campaign) throw new Error('the campaign has not begun');
        return this.#campaign.run(planned);
      });
    }
  }

  #plan(suite: Suite): PlannedTest[] {
    const declared = portsIn(this.#devicePath);
    return suite.tests.flatMap((test): PlannedTest[] => {
      if (test.tier === 'soak') return [];
      if (test.each === 'once') return [{ suite, test }];
      return portsOf(test, declared).map((port) => ({ suite, test, port }));
    });
  }

  async #begin(): Promise<void> {
    this.#embedded = this.#devicePath === undefined ? await startEmbedded() : undefined;
    const options = this.#embedded ? embeddedOptions(this.#embedded) : {};
    const { target, problems } = await resolveTarget(this.#devicePath, options);
    if (!target) throw refusal(problems);
    const consent = whyNotTouch(target);
    if (consent !== undefined) throw refusal([consent]);
    const { signal } = new AbortController();
    const seed = Date.now() % 2 ** 31;
    this.#keeping = await this.#keep(target, seed);
    const { chronicle } = this.#keeping;
    this.#campaign = await Campaign.open({ target, planned: [], seed, signal, chronicle });
    this.#sanity.push(await this.#campaign.begin());
  }

  async #end(): Promise<void> {
    const campaign = this.#campaign;
    if (campaign) {
      this.#sanity.push(await campaign.judgeLeft(), await campaign.end());
      await this.#report(campaign);
      campaign.dispose();
    }
    await this.#embedded?.stop();
    this.#tellSanity();
  }

  /** The sanity tests are hooks here: what they found is not lost on mocha, which calls skipped tests a success. */
  #tellSanity(): void {
    for (const { result } of this.#sanity) {
      const error = result.applicability === 'selected' ? verdictError(result) : undefined;
      if (error) throw error;
    }
  }

  async #keep(target: Target, seed: number): Promise<Keeping> {
    const dir = defaultFolder(target.name);
    const problem = await prepareFolder(dir, target);
    if (problem !== undefined) throw refusal([problem]);
    const asked = {
      tier: 'standard' as const,
      groups: [],
      tests: [],
      suites: [],
      strict: false,
      leftOut: ['mocha chose the tests; mos-conformance run makes a certificate'],
      suiteFiles: this.#readings.flatMap(({ suite }) => suite ?? []),
    };
    const file = await HistoryFile.create(dir);
    const plan = planOf({ target, planned: this.#planned, seed, asked, startedAt: new Date() });
    return { dir, file, chronicle: new Chronicle(file, plan) };
  }

  async #report(campaign: Campaign): Promise<void> {
    if (!this.#keeping) return;
    const { dir, file, chronicle } = this.#keeping;
    const account = await chronicle.end(campaign.learnt, undefined);
    const { results, written } = await closeHistory(file, await makeReports(dir, account));
    const { paths, problems } = written;
    const certificate = paths['certificate.html'];
    process.stdout.write(
      `\n${summaryText(results, { color: false, problems, ...(certificate !== undefined && { certificate }) })}\n`,
    );
  }
}

let shared: MochaCampaign | undefined;

/** Called by mocha for each suite file: its tests join the one campaign of this process. */
export function campaignFile(file: string, devicePath: string | undefined): void {
  shared ??= new MochaCampaign(devicePath);
  shared.add(file);
}

/** The ports are needed before the device can be asked, because mocha reads its spec files synchronously. */
function portsIn(devicePath: string | undefined): PortName[] {
  if (devicePath === undefined) return [...PORT_NAMES];
  const { device, problems } = readDeviceFile(devicePath);
  if (!device) throw refusal(problems.map(formatProblem));
  const ports = device.ports ?? DEFAULT_PORTS;
  return PORT_NAMES.filter((name) => ports[name] !== undefined && ports[name] !== 'none');
}

/** What the user can put right, as mocha shows it: without a place in our code. */
function refusal(problems: readonly string[]): Error {
  const error = new Error(problems.join('\n'));
  error.stack = error.message;
  return error;
}
