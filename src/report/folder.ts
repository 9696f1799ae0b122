import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { whyNot } from './file-problem.ts';
import { HISTORY, PACKED_HISTORY } from './history-file.ts';
import { REPORTS } from './reports.ts';

/** Says that a folder is a campaign's from its first moment on, also when the campaign dies. */
export const MARKER = '.mos-conformance-campaign';

/** Everything that a campaign writes into its folder; evidence files stand in `evidence/`. */
const OURS: readonly string[] = [
  ...REPORTS.map(({ file }) => file),
  HISTORY,
  PACKED_HISTORY,
  'evidence',
  MARKER,
];

/** What the mark of a campaign says. */
export interface Marker {
  device: { name: string; host: string; mosId: string };
  /** ISO 8601 */
  startedAt: string;
  /** The process that writes the campaign. */
  pid: number;
}

/** For whoever opens it; what {@link readMarker} reads stands on the second line. */
const MARKED = 'This folder holds a campaign of mos-conformance and is cleared by the next one.';

/** Reads the text of a mark; undefined where it does not say whose campaign it is. */
export function readMarker(text: string): Marker | undefined {
  try {
    const marker = JSON.parse(text.split('\n')[1] ?? '') as Partial<Marker> | null;
    const { device, startedAt, pid } = marker ?? {};
    if (typeof device?.name !== 'string' || typeof startedAt !== 'string' || typeof pid !== 'number')
      return undefined;
    return { device, startedAt, pid };
  } catch {
    return undefined;
  }
}

/** Whether an entry of a campaign's folder was written by the campaign. */
export function isOfCampaign(entry: string): boolean {
  return OURS.includes(entry) || isTemporary(entry);
}

async function isOurs(dir: string, entries: readonly string[]): Promise<boolean> {
  if (entries.includes(MARKER)) return true;
  if (!entries.includes('results.json')) return false;
  try {
    const results = JSON.parse(await readFile(join(dir, 'results.json'), 'utf8')) as {
      tool?: { name?: unknown };
    } | null;
    return results?.tool?.name === 'mos-conformance';
  } catch {
    return false;
  }
}

/** Why a folder is not that of a campaign, in a sentence; undefined where it is. */
export async function whyNoCampaign(dir: string): Promise<string | undefined> {
  try {
    const entries = await readdir(dir);
    const isCampaign = entries.includes(HISTORY) || entries.includes(PACKED_HISTORY);
    if (isCampaign || (await isOurs(dir, entries))) return undefined;
    return `${dir} holds no campaign of mos-conformance.`;
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    if (code === 'ENOENT') return `${dir} does not exist.`;
    if (code === 'ENOTDIR') return `${dir} is no folder; name the folder of a campaign.`;
    return `${dir} cannot be read: ${whyNot(problem)}.`;
  }
}

async function empty(dir: string, entries: readonly string[]): Promise<void> {
  const stale = entries.filter(isOfCampaign);
  await Promise.all(stale.map((entry) => rm(join(dir, entry), { recursive: true, force: true })));
}

function isTemporary(entry: string): boolean {
  return OURS.some((name) => entry.startsWith(`.${name}.`) && entry.endsWith('.tmp'));
}

/** Node's own recursive mkdir never comes back from a file system that refuses folders, such as /proc. */
async function makeFolders(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => undefined);
  if (found) return;
  const parent = dirname(dir);
  if (parent !== dir) await makeFolders(parent);
  await mkdir(dir).catch((problem: NodeJS.ErrnoException) => {
    if (problem.code !== 'EEXIST') throw problem;
  });
}

/**
 * Makes a folder ready for a campaign: creates it, or clears it of an earlier campaign. Only what a campaign writes
 * is removed; a signed copy that somebody put beside it stays. A folder that holds anything else is left alone.
 * @returns a sentence where the folder cannot be used
 */
export async function prepareFolder(
  dir: string,
  { name, host, mosId }: Marker['device'],
): Promise<string | undefined> {
  try {
    const found = await stat(dir).catch(() => undefined);
    if (found && !found.isDirectory()) return `${dir} is a file; --out needs a folder.`;
    await makeFolders(resolve(dir));
    const entries = await readdir(dir);
    if (entries.length > 0 && !(await isOurs(dir, entries))) {
      return `${dir} is not empty and holds no earlier campaign; choose another folder, or empty it yourself.`;
    }
    await empty(dir, entries);
    const marker: Marker = {
      device: { name, host, mosId },
      startedAt: new Date().toISOString(),
      pid: process.pid,
    };
    await writeFile(join(dir, MARKER), `${MARKED}\n${JSON.stringify(marker)}\n`);
    return undefined;
  } catch (problem) {
    return `${dir} cannot be used for the reports: ${whyNot(problem)}.`;
  }
}

/** A device's name as part of the name of a folder. */
function slugOf(deviceName: string): string {
  return deviceName.replace(/[^\w.-]+/g, '-').toLowerCase();
}

/** The folder of a campaign for which none was named: device, date and time below `reports/`. */
export function defaultFolder(deviceName: string, now: Date = new Date()): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `reports/${slugOf(deviceName)}-${stamp}`;
}

/** Whether a folder is called as {@link defaultFolder} calls those of a device, a number behind it or not. */
export function isDefaultName(folder: string, deviceName: string): boolean {
  const slug = slugOf(deviceName);
  return folder.startsWith(slug) && /^-\d{4}-\d{2}-\d{2}-\d{6}(?:-\d+)?$/.test(folder.slice(slug.length));
}
