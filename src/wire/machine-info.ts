import type { MosElement } from './types.ts';
import { childText } from './xml.ts';

/** The profiles that a machine claims for one of its roles. */
interface ProfileBlock {
  /** `MOS` or `NCS`; absent in the flat form of revisions before 2.8.4, or where it is not given. */
  deviceType?: string;
  form: 'container' | 'flat';
  /** Profile numbers with their answers as they were written, in order; repeated ones are repeated. */
  answers: { profile: number; written: string; claimed: boolean | undefined }[];
}

/** A listMachInfo as it was received; what was not there is absent. */
export interface ReadMachineInfo {
  manufacturer?: string;
  model?: string;
  hwRev?: string;
  swRev?: string;
  DOM?: string;
  SN?: string;
  ID?: string;
  time?: string;
  opTime?: string;
  mosRev?: string;
  blocks: ProfileBlock[];
  /** The modes of its defaultActiveX blocks. */
  activeXModes: string[];
}

const TEXTS = [
  'manufacturer',
  'model',
  'hwRev',
  'swRev',
  'DOM',
  'SN',
  'ID',
  'time',
  'opTime',
  'mosRev',
] as const;

/**
 * Reads a listMachInfo (MOS 2.8.5 section 4.1.3) in all forms that are known: one or two containers, spelt either way,
 * or the flat form; YES and NO or the boolean of the schema.
 */
export function readMachineInfo(body: MosElement): ReadMachineInfo {
  const info: ReadMachineInfo = { blocks: [], activeXModes: [] };
  for (const name of TEXTS) {
    const text = childText(body, name);
    if (text !== undefined) info[name] = text;
  }
  info.blocks = body.children
    .filter(({ name }) => name.toLowerCase() === 'supportedprofiles')
    .map(containerBlock);
  const flat = body.children.filter(({ name }) => /^mosProfile[0-7]$/.test(name));
  if (flat.length > 0) {
    const answers = flat.map((one) => answerOf(Number(one.name.at(-1)), one));
    info.blocks.push({ form: 'flat', answers });
  }
  info.activeXModes = body.children
    .filter(({ name }) => name === 'defaultActiveX')
    .map((block) => childText(block, 'mode') ?? '');
  return info;
}

function containerBlock(container: MosElement): ProfileBlock {
  const { deviceType } = container.attributes;
  const answers = container.children
    .filter(({ name }) => name === 'mosProfile')
    .map((one) => answerOf(profileNumber(one.attributes.number), one));
  return { form: 'container', ...(deviceType !== undefined && { deviceType }), answers };
}

function profileNumber(written: string | undefined): number {
  return written !== undefined && /^\s*\d+\s*$/.test(written) ? Number(written) : Number.NaN;
}

function answerOf(profile: number, { text }: MosElement): ProfileBlock['answers'][number] {
  const written = text.trim();
  const said = written.toUpperCase();
  const claimed = ['YES', 'TRUE', '1'].includes(said)
    ? true
    : ['NO', 'FALSE', '0'].includes(said)
      ? false
      : undefined;
  return { profile, written, claimed };
}

/** The profiles that a machine claims as a device, ascending: of its block for MOS, or of the flat form. */
export function claimedProfiles(info: ReadMachineInfo): number[] {
  const blocks = info.blocks.filter(({ deviceType }) => deviceType === undefined || deviceType === 'MOS');
  const claimed = blocks.flatMap(({ answers }) => answers.filter((answer) => answer.claimed === true));
  return [...new Set(claimed.map(({ profile }) => profile))]
    .filter((one) => !Number.isNaN(one))
    .sort((a, b) => a - b);
}
