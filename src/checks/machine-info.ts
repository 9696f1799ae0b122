import { formatUs, msToUs, wallClockAnchorMs } from '../history/clock.ts';
import { contentName } from '../wire/content-name.ts';
import { judgeValue } from '../wire/field-types.ts';
import { claimedProfiles, readMachineInfo, type ReadMachineInfo } from '../wire/machine-info.ts';
import { validateMessage, type ValidationProblem } from '../wire/validate.ts';
import { symptom } from '../history/symptoms.ts';
import { isMisspelt, symptomOf } from './of-validation.ts';
import { single, type CheckSubject, type Deviation, type MessageCheck } from './check.ts';

/** The message that these checks are about. */
const LIST = { message: 'listMachInfo' };

/** Hours by which a clock without a zone may differ from ours. */
const WIDEST_ZONE_HOURS = 15;

/** The machine information of a message; absent where it is another message. */
export function machineInfoOf({ received: { message } }: CheckSubject): ReadMachineInfo | undefined {
  return contentName(message) === 'listMachInfo' && message.body ? readMachineInfo(message.body) : undefined;
}

/** Required children present and in order (MOS 2.8.5 section 4.1.3); times and profiles have checks of their own. */
export const machineInfo: MessageCheck = {
  expected: 'listMachInfo with its required children, in order',
  find({ received: { message }, declared }) {
    if (contentName(message) !== 'listMachInfo') return [];
    const { problems } = validateMessage(message, { revision: declared.revision });
    return problems
      .filter((problem) => problem.path.includes('/listMachInfo') && !hasOwnCheck(problem))
      .filter((problem) => !isMisspelt(problem, message.body))
      .map((problem) => ({ symptom: symptomOf(problem, 'listMachInfo') }));
  },
};

function hasOwnCheck({ path, wrong }: ValidationProblem): boolean {
  if (/\/(time|opTime|supportedProfiles|SupportedProfiles|mosProfile\d)\b/.test(path)) return true;
  return wrong?.violation === 'missing' && wrong.name === 'supportedProfiles';
}

/** `time` and, where present, `opTime` are valid (MOS 2.8.5 section 6); an empty opTime is seen in the field. */
export const machineTimes: MessageCheck = {
  expected: 'valid times in listMachInfo',
  find(subject) {
    const info = machineInfoOf(subject);
    return [...timeDeviations('time', info?.time), ...timeDeviations('opTime', info?.opTime)];
  },
};

function timeDeviations(name: 'time' | 'opTime', value: string | undefined): Deviation[] {
  if (value === undefined) return [];
  if (value === '') {
    const empty = symptom('empty-value', { ...LIST, field: name, quote: `${name} is empty` });
    return [{ symptom: empty, ...(name === 'opTime' && { level: 'should' as const }) }];
  }
  const verdict = judgeValue(value, 'date-time');
  if (!verdict) return [];
  const bad = symptom('bad-value', { ...LIST, field: name, quote: `${name}: ${verdict.text}` });
  return [{ symptom: bad, ...(verdict.kind === 'note' && { level: 'may' as const }) }];
}

/** An ID, a clock within an hour of ours (a day's zones where it gives none), a start before now. */
export const machineValues: MessageCheck = {
  expected: 'a plausible ID, time and opTime in listMachInfo',
  find(subject) {
    const info = machineInfoOf(subject);
    if (!info) return [];
    const found: Deviation[] = [];
    if (info.ID === '') found.push(implausible('ID', 'empty'));
    const nowMs = wallClockAnchorMs() + subject.received.us / 1_000;
    const time = readTime(info.time);
    if (time && Math.abs(time.ms - nowMs) > toleranceMs(time)) {
      const off = formatUs(msToUs(Math.abs(time.ms - nowMs)));
      found.push(implausible('time', `${info.time}, ${off} from our clock`));
    }
    const opTime = readTime(info.opTime);
    if (opTime && opTime.ms - nowMs > toleranceMs(opTime)) {
      found.push(implausible('opTime', `${info.opTime}, which is still to come`));
    }
    return found;
  },
};

function implausible(field: string, quote: string): Deviation {
  return { symptom: symptom('implausible-value', { ...LIST, field, quote }) };
}

function toleranceMs({ zone }: { zone: boolean }): number {
  return (zone ? 1 : WIDEST_ZONE_HOURS) * 3_600_000;
}

function readTime(text: string | undefined): { ms: number; zone: boolean } | undefined {
  if (text === undefined || judgeValue(text, 'date-time')?.kind === 'problem') return undefined;
  const zone = /(Z|[+-]\d{2}:\d{2})$/.test(text);
  const ms = Date.parse(`${text.replace(',', '.')}${zone ? '' : 'Z'}`);
  return Number.isNaN(ms) ? undefined : { ms, zone };
}

/** The mode of each defaultActiveX only once (MOS 2.8.5 section 4.1.3). */
export const activeXModes = single('each mode of defaultActiveX once', (subject) => {
  const modes = machineInfoOf(subject)?.activeXModes ?? [];
  const twice = modes.find((mode, index) => modes.indexOf(mode) !== index);
  if (twice === undefined) return undefined;
  const quote = `two blocks of defaultActiveX have the mode "${twice.slice(0, 64)}"`;
  return symptom('misplaced-element', { ...LIST, field: 'mode', quote });
});

/** The claims of a machine, for comparison. */
export function claimOf(info: ReadMachineInfo): string {
  const claimed = claimedProfiles(info);
  return claimed.length === 0 ? 'no profile' : `Profiles ${claimed.join(', ')}`;
}

/** Two answers that claim the same. */
export const sameClaim: MessageCheck = {
  ...single('the same profile claim as before', (subject) => {
    const info = machineInfoOf(subject);
    const other = subject.like && machineInfoOf({ ...subject, received: subject.like });
    if (!info || !other || claimOf(info) === claimOf(other)) return undefined;
    return symptom('claim-varies', { quote: `${claimOf(info)}, and claimed ${claimOf(other)} before` });
  }),
  compares: true,
};
