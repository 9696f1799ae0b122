import { claimedProfiles, type ReadMachineInfo } from '../wire/machine-info.ts';
import { isSince } from '../wire/revision.ts';
import { measured, symptom, type Symptom } from '../history/symptoms.ts';
import { single, type CheckSubject, type Deviation, type MessageCheck } from './check.ts';
import { machineInfoOf } from './machine-info.ts';

/** What each profile builds on (MOS 2.8.5 section 2). */
const BUILDS_ON: Readonly<Record<number, readonly number[]>> = {
  1: [0],
  2: [0, 1],
  3: [0, 1, 2],
  4: [0, 1, 2],
  5: [0, 1, 2],
  6: [0, 1, 2],
  7: [0, 1, 2],
};

/** The profile whose messages travel on the query port. */
const SEARCH = 3;

type Block = ReadMachineInfo['blocks'][number];

/** A block for the device type MOS (from 2.8.4); the flat form of older revisions passes with a note. */
export const profileBlocks = single('a supportedProfiles block with deviceType MOS', (subject) => {
  const info = machineInfoOf(subject);
  if (!info || !isSince(subject.declared.revision, '2.8.4')) return undefined;
  const { blocks } = info;
  if (blocks.length === 0) return incomplete('missing-element', 'listMachInfo has no supportedProfiles');
  if (blocks.every(({ form }) => form === 'flat')) {
    const flat = 'the profiles stand in the flat form of revisions before 2.8.4';
    return { symptom: incomplete('claim-incomplete', flat), level: 'may' };
  }
  if (!blocks.some(({ deviceType }) => deviceType === 'MOS')) {
    const types = blocks.map(({ deviceType }) => (deviceType === undefined ? 'none' : `"${deviceType}"`));
    const found = types.join(', ').slice(0, 200);
    const quote = `no supportedProfiles block has the deviceType MOS (found: ${found})`;
    return incomplete('missing-element', quote);
  }
  const schemaSpelling = subject.received.message.body?.children.some(
    ({ name }) => name === 'SupportedProfiles',
  );
  if (!schemaSpelling) return undefined;
  return { symptom: incomplete('misspelt', 'SupportedProfiles is spelt as in the schema'), level: 'may' };
});

/** Eight profiles with YES or NO in each block; a shorter list is valid for the schema and worth a remark. */
export const profileAnswers: MessageCheck = {
  expected: 'all eight profiles with YES or NO in each block',
  find: (subject) => machineInfoOf(subject)?.blocks.flatMap(answersOf) ?? [],
  vacuous: (subject) => (machineInfoOf(subject)?.blocks.length ? undefined : 'it lists no profiles'),
};

function answersOf({ answers }: Block): Deviation[] {
  const numbers = answers.map(({ profile }) => profile);
  const found: Deviation[] = [];
  const twice = numbers.find((one, index) => !Number.isNaN(one) && numbers.indexOf(one) !== index);
  if (twice !== undefined) found.push(wrongAnswer('misplaced-element', `Profile ${twice} is listed twice`));
  if (numbers.some((one) => Number.isNaN(one) || one > 7)) {
    found.push(wrongAnswer('bad-value', 'a mosProfile has no number from 0 to 7'));
  }
  for (const { profile, written, claimed } of answers) {
    if (written === 'YES' || written === 'NO') continue;
    const text = `the answer for Profile ${profile} is "${written.slice(0, 64)}" instead of YES or NO`;
    const boolean = ['true', 'false', '1', '0'].includes(written);
    const level = claimed !== undefined && boolean && { level: 'may' as const };
    found.push({ ...wrongAnswer('bad-value', text), ...level });
  }
  const missing = [0, 1, 2, 3, 4, 5, 6, 7].filter((one) => !numbers.includes(one));
  if (missing.length > 0) {
    const text = `nothing is said of Profile ${listed(missing)}, which counts as NO`;
    found.push({ ...wrongAnswer('missing-element', text), level: 'should' });
  }
  return found;
}

/** Profile 0 and at least one other (MOS 2.8.5 section 2). */
export const profileMinimum: MessageCheck = {
  ...single('a claim of Profile 0 and at least one other', (subject) => {
    const claimed = claims(subject);
    if (!claimed) return undefined;
    if (!claimed.includes(0)) return incomplete('claim-incomplete', 'Profile 0 is not claimed');
    return claimed.length === 1 ? incomplete('claim-incomplete', 'Profile 0 alone is claimed') : undefined;
  }),
  vacuous: whyNoClaims,
};

/** No profile without those it builds on (MOS 2.8.5 section 2). */
export const profileDependencies: MessageCheck = {
  expected: 'each claimed profile together with those it builds on',
  find(subject) {
    const claimed = claims(subject) ?? [];
    return claimed.flatMap((profile) => {
      const missing = (BUILDS_ON[profile] ?? []).filter((one) => !claimed.includes(one));
      if (missing.length === 0) return [];
      return [{ symptom: measured('claim-without-base', { profile }, { quote: listed(missing) }) }];
    });
  },
  vacuous: whyNoClaims,
};

/** What listMachInfo says of itself is what the device file says (revision). */
export const declaredRevision = single('the revision of the device file in mosRev', (subject) => {
  const mosRev = machineInfoOf(subject)?.mosRev ?? '';
  if (mosRev === '' || digits(mosRev) === digits(subject.declared.revision)) return undefined;
  const quote = `mosRev is "${mosRev.slice(0, 64)}", the device file says ${subject.declared.revision}`;
  return contradiction('mosRev', quote);
});

/** `2.8.5`, `2.85` and `MOS 2.8.5` mean the same, and so do `2.8` and `2.8.0`. */
function digits(revision: string): string {
  return revision.replace(/\D/g, '').replace(/^28$/, '280');
}

/** What listMachInfo claims is what the device file claims, where both say something. */
export const declaredProfiles: MessageCheck = {
  expected: 'the same profiles in listMachInfo as in the device file',
  find(subject) {
    const { profiles } = subject.declared;
    const claimed = claims(subject);
    if (!claimed || profiles.length === 0) return [];
    const more = claimed.filter((one) => !profiles.includes(one));
    const less = profiles.filter((one) => !claimed.includes(one));
    return [
      ...(more.length > 0
        ? [
            contradicted(
              `listMachInfo says YES to Profile ${listed(more)}, which the device file does not claim`,
            ),
          ]
        : []),
      ...(less.length > 0
        ? [
            contradicted(
              `listMachInfo does not say YES to Profile ${listed(less)}, which the device file claims`,
            ),
          ]
        : []),
    ];
  },
};

/** A device that claims Profile 3 has a query port, and its device file says so. */
export const declaredPorts = single(
  'the ports in the device file that the claimed profiles need',
  (subject) => {
    if (!claims(subject)?.includes(SEARCH) || subject.declared.ports.includes('query')) return undefined;
    const quote = 'listMachInfo claims Profile 3, but the device file declares no query port';
    return { symptom: contradiction('ports', quote), level: 'should' };
  },
);

function incomplete(code: 'missing-element' | 'claim-incomplete' | 'misspelt', quote: string): Symptom {
  return symptom(code, { message: 'listMachInfo', field: 'supportedProfiles', quote });
}

function wrongAnswer(code: 'missing-element' | 'misplaced-element' | 'bad-value', quote: string): Deviation {
  return { symptom: symptom(code, { message: 'listMachInfo', field: 'mosProfile', quote }) };
}

function contradiction(field: string, quote: string): Symptom {
  return symptom('contradicts-file', { message: 'listMachInfo', field, quote });
}

function contradicted(quote: string): Deviation {
  return { symptom: contradiction('profiles', quote) };
}

/** The profiles claimed as a device; those of the device file where the message says nothing of profiles. */
function claims(subject: CheckSubject): readonly number[] | undefined {
  const info = machineInfoOf(subject);
  if (!info || info.blocks.length > 0) return info && claimedProfiles(info);
  const { profiles } = subject.declared;
  return profiles.length > 0 ? profiles : undefined;
}

function whyNoClaims(subject: CheckSubject): string | undefined {
  return claims(subject) ? undefined : 'neither listMachInfo nor the device file claims a profile';
}

function listed(numbers: readonly number[]): string {
  return numbers.join(', ');
}
