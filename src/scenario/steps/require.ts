import { sentenceOf } from '../../judge/sentences/sentence.ts';
import type { Precondition, PreconditionKind, PreconditionOf } from '../../suite/preconditions.ts';
import type { HabitName } from '../../suite/words.ts';
import { REVISIONS } from '../../wire/revision.ts';
import type { TestRun } from '../run.ts';
import { isOwnAddress } from '../canary.ts';
import { NotApplicable } from '../step-failure.ts';
import { claimedProfiles, readMachineInfo } from '../../wire/machine-info.ts';
import { deviations, type CheckRequest } from './check-message.ts';
import { endedByDevice, isRefusal } from './await-answer.ts';

const HABIT_WORDS: Record<HabitName, string> = {
  answers: 'answers what it is asked on this port',
  'answers-everywhere': 'answers what it is asked on lower and upper',
  'answers-heartbeat': 'answers heartbeats',
  'answers-machine-info': 'answers reqMachInfo',
  'keeps-connections': 'keeps a connection open after a reply',
  'closes-first': 'closes a connection before the NCS does',
  'serves-two': 'serves two connections on one port',
  'dials-out': 'dials out to the NCS',
  'closes-older': 'closes the older connection when the NCS dials again',
};

/** Ends the test as not applicable, with the reason, where what it needs is not given. */
export async function requireStep(run: TestRun, needed: Precondition): Promise<void> {
  const unmet = UNMET[needed.kind] as Unmet<PreconditionKind>;
  const reason = await unmet(run, needed);
  if (reason !== undefined) throw new NotApplicable(reason);
}

/** Why a precondition is not met; nothing where it is. */
type Unmet<K extends PreconditionKind> = (
  run: TestRun,
  needed: PreconditionOf<K>,
) => string | undefined | Promise<string | undefined>;

/** How each precondition is looked at: one that nothing looks at does not compile. */
const UNMET: { [K in PreconditionKind]: Unmet<K> } = {
  habit: (run, { habit: { name, is } }) => {
    if (run.context.hasHabit(name, run.port) === is) return undefined;
    return `${is ? 'not ' : ''}a device that ${HABIT_WORDS[name]}`;
  },
  privilege: (run, { privilege }) => unmetPrivilege(run, privilege),
  connections: (run, { connections }) => {
    const { maxConnections } = run.context.target;
    const wanted = run.values.count(connections);
    return maxConnections >= wanted
      ? undefined
      : `needs ${wanted} connections, the device declares ${maxConnections}`;
  },
  claims: (run, { claims, on }) =>
    claimsOf(run, on).includes(claims) ? undefined : `the device does not claim Profile ${claims}`,
  identities: (run) =>
    run.context.target.otherNcsId === undefined
      ? 'the device file names no second newsroom for which the device is configured (otherNcsId)'
      : undefined,
  closed: (run, { closed }) => unclosed(run, closed),
  revision: (run, { revision }) => unmetRevision(run.context.target.revision, revision),
  answered: (run, { answered }) => unanswered(run, answered),
  ports: (run, { ports }) => {
    const missing = ports.filter((port) => run.context.target.ports[port] === undefined);
    return missing.length === 0 ? undefined : `the device declares no ${missing.join(' and no ')} port`;
  },
  check: failedCheck,
};

/** The profiles that a listMachInfo claims, or the device file where none is named. */
function claimsOf(run: TestRun, on: string | undefined): readonly number[] {
  if (on === undefined) return run.context.target.profiles;
  const { body } = run.receivedBy.get(on)?.message ?? {};
  return body?.name === 'listMachInfo' ? claimedProfiles(readMachineInfo(body)) : [];
}

/** What builds on a property of a message does not apply where the message lacks it: another test says so. */
async function failedCheck(run: TestRun, needed: CheckRequest): Promise<string | undefined> {
  const found = await deviations(run, needed);
  if (found === 'nothing to compare with') return 'there is nothing to compare with';
  return found[0] && `${sentenceOf(found[0].symptom)}; another test judges that`;
}

/** Why a test cannot go on where an earlier request found no answer, or was refused. */
function unanswered(run: TestRun, label: string): string | undefined {
  const [answer] = run.requests.get(label)?.findLast(({ answers }) => answers.length > 0)?.answers ?? [];
  if (!answer) return `the device did not answer "${label}", on which this test builds`;
  return isRefusal(answer) ? `the device refused "${label}", on which this test builds` : undefined;
}

function unclosed(run: TestRun, name: string): string | undefined {
  const still = run.latest(name).some((one) => !endedByDevice(run, one));
  return still ? `the device did not close ${name} while the NCS waited for it` : undefined;
}

function unmetPrivilege(
  run: TestRun,
  privilege: PreconditionOf<'privilege'>['privilege'],
): string | undefined {
  if (privilege === 'descriptors') {
    return run.context.descriptors
      ? undefined
      : "the descriptors of the device's process are not visible here";
  }
  if (privilege === 'device-vantage') {
    return run.context.seesDevice ? undefined : "nothing here sees the device's end of a connection";
  }
  if (privilege === 'local-files') {
    return isOwnAddress(run.context.target.address)
      ? undefined
      : 'needs a device on this machine, which could read a file of ours';
  }
  return run.context.canVanish ? undefined : run.context.whyNotVanish;
}

function unmetRevision(claimed: string, wanted: string): string | undefined {
  const [, operator = '>=', revision = ''] = /^(>=|<=|<|>|=)?\s*(.+)$/.exec(wanted) ?? [];
  const difference = REVISIONS.indexOf(claimed as never) - REVISIONS.indexOf(revision as never);
  const met =
    operator === '>='
      ? difference >= 0
      : operator === '<='
        ? difference <= 0
        : operator === '<'
          ? difference < 0
          : operator === '>'
            ? difference > 0
            : difference === 0;
  return met ? undefined : `for revision ${wanted}, the device claims ${claimed}`;
}
