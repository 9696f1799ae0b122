import type { Requirement } from '../../suite/model.ts';
import { REVISIONS } from '../../wire/revision.ts';
import type { TestRun } from '../run.ts';
import { isOwnAddress } from '../canary.ts';
import { NotApplicable } from '../step-failure.ts';
import { claimedProfiles, readMachineInfo } from '../../wire/machine-info.ts';
import { deviations, type CheckRequest } from './check-message.ts';
import { endedByDevice, isRefusal } from './receive.ts';

const HABIT_WORDS: Record<string, string> = {
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
export async function requireStep(run: TestRun, needed: Requirement): Promise<void> {
  const reason = 'check' in needed ? await failedCheck(run, needed) : unmet(run, needed);
  if (reason !== undefined) throw new NotApplicable(reason);
}

function unmet(run: TestRun, needed: Exclude<Requirement, { check: unknown }>): string | undefined {
  const { target } = run.context;
  if ('habit' in needed) {
    if (run.context.hasHabit(needed.habit, run.port) === needed.is) return undefined;
    const words = HABIT_WORDS[needed.habit] ?? needed.habit;
    return needed.is ? `not a device that ${words}` : `a device that ${words}`;
  }
  if ('privilege' in needed) return unmetPrivilege(run, needed.privilege);
  if ('connections' in needed) {
    const wanted = run.values.count(needed.connections);
    return target.maxConnections >= wanted
      ? undefined
      : `needs ${wanted} connections, the device declares ${target.maxConnections}`;
  }
  if ('claims' in needed) {
    return claimsOf(run, needed.on).includes(needed.claims)
      ? undefined
      : `the device does not claim Profile ${needed.claims}`;
  }
  if ('identities' in needed) {
    return target.otherNcsId === undefined
      ? 'the device file names no second newsroom for which the device is configured (otherNcsId)'
      : undefined;
  }
  if ('closed' in needed) return unclosed(run, needed.closed);
  if ('revision' in needed) return unmetRevision(target.revision, needed.revision);
  if ('answered' in needed) return unanswered(run, needed.answered);
  const missing = needed.ports.filter((port) => target.ports[port] === undefined);
  return missing.length === 0 ? undefined : `the device declares no ${missing.join(' and no ')} port`;
}

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
  return found[0] && `${found[0].text}; another test judges that`;
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

function unmetPrivilege(run: TestRun, privilege: string): string | undefined {
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
  if (privilege === 'vanish') return run.context.canVanish ? undefined : run.context.whyNotVanish;
  return undefined;
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
