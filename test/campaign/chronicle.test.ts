import { expect } from 'chai';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { planOf } from '../../src/campaign/campaign-plan.ts';
import { Chronicle } from '../../src/campaign/chronicle.ts';
import { recoverCampaign } from '../../src/campaign/recover.ts';
import { History } from '../../src/history/history.ts';
import { HistoryFile } from '../../src/report/history-file.ts';
import type { HistoryLine, Learnt } from '../../src/results/history-lines.ts';
import { sampleTest } from '../report/sample-tests.ts';
import { ASKED, planned, trialTarget } from './trial.ts';

const LEARNT: Learnt = { kind: 'learnt', habits: {}, observers: [] };

/** ms within which a line must be in the file. */
const BEHIND_MS = 1_000;

describe('what a campaign writes down', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mos-chronicle-'));
  after(() => rmSync(dir, { recursive: true, force: true }));

  const target = trialTarget({ ports: { lower: 1 } });
  const plan = planOf({
    target,
    planned: planned(target, ['REL-01', 'REL-02']),
    seed: 1,
    asked: ASKED,
    startedAt: new Date(),
  });
  const lines = (): HistoryLine[] =>
    readFileSync(join(dir, 'history.ndjson'), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as HistoryLine);
  const note = (history: History, text: string): void => {
    history.record({ kind: 'note', connection: 'ncs', about: 'harness', text });
  };

  it('is in the file a second later, tests beside each other and repetitions included', async () => {
    const file = await HistoryFile.create(dir);
    const chronicle = new Chronicle(file, plan);
    const [first, other, again] = [new History(), new History(), new History()];
    chronicle.follow(first, 'REL-01@lower');
    chronicle.follow(other, 'REL-02@lower');
    note(first, 'first');
    note(other, 'other');
    chronicle.follow(again, 'REL-01@lower');
    note(again, 'again');
    const record = {
      result: sampleTest('REL-01@lower', { verdict: 'fail' }),
      facts: first.facts,
      source: 'id: REL-01',
    };
    chronicle.enter(record, LEARNT);
    const deadline = Date.now() + BEHIND_MS;
    while (lines().at(-1)?.kind !== 'learnt' && Date.now() < deadline) await pause(10);
    const told = lines().map((line) => ('test' in line ? [line.kind, line.test, line.repeat] : [line.kind]));
    expect(told).to.deep.equal([
      ['campaign'],
      ['note', 'REL-01@lower', undefined],
      ['note', 'REL-02@lower', undefined],
      ['note', 'REL-01@lower', 1],
      ['result', 'REL-01@lower', undefined],
      ['learnt'],
    ]);
    expect(record.facts).to.deep.equal([]);
    const cut = await recoverCampaign(dir);
    const keys = cut.digests.map(({ result }) =>
      [result.key, result.applicability, result.verdict].join(' '),
    );
    expect(keys).to.have.members([
      'REL-01@lower selected fail',
      'REL-02@lower selected inconc',
      'SAN-OPEN not run none',
      'SAN-LEFT not run none',
      'SAN-CLOSE not run none',
    ]);
    expect(cut.digests.find(({ result }) => result.key === 'REL-01@lower')?.evidence?.text).to.include(
      '<svg',
    );
    const account = await chronicle.end(LEARNT, { reason: 'it was interrupted (SIGINT)', exitCode: 130 });
    await file.close();
    expect(readdirSync(dir)).to.deep.equal(['history.ndjson.gz']);
    expect(JSON.parse(JSON.stringify(await recoverCampaign(dir)))).to.deep.equal(
      JSON.parse(JSON.stringify(account)),
    );
  });

  it('is a problem in a sentence where nothing can be written, and harms nobody', async () => {
    const file = await HistoryFile.create(join(dir, 'absent'));
    const chronicle = new Chronicle(file, plan);
    const history = new History();
    chronicle.follow(history, 'REL-01@lower');
    note(history, 'lost');
    await chronicle.end(LEARNT, undefined);
    expect(await file.close()).to.equal(undefined);
    expect(file.problem).to.equal('history.ndjson could not be written: the folder does not exist (ENOENT).');
  });
});
