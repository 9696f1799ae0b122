import { lstat, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { whyNot } from './file-problem.ts';
import { isDefaultName, isOfCampaign, MARKER, readMarker, type Marker } from './folder.ts';
import { PACKED_HISTORY } from './history-file.ts';
import { list } from './format.ts';

/** The folder of a campaign beside others. */
interface Campaign {
  dir: string;
  marker: Marker;
}

/**
 * Removes the campaigns of a device that are older than its newest ones, from the folder in which its campaigns stand
 * beside each other. What bears another name or no mark of ours, or that of another device, is not touched; what is still being
 * written is left alone, and so is a folder in which somebody has put something.
 * @param dir the folder of the campaign that has just ended; it is one of those that stay
 * @param keep how many stay, one or more
 * @returns one sentence for each folder that should have gone and stays
 */
export async function keepNewest(dir: string, keep: number): Promise<string[]> {
  const own = await markerOf(dir);
  if (!own) return [];
  const parent = dirname(dir);
  const problems: string[] = [];
  const campaigns = await campaignsOf(own, parent, basename(dir));
  campaigns.sort((one, other) => (one.marker.startedAt < other.marker.startedAt ? 1 : -1));
  for (const { dir: old } of campaigns.slice(keep - 1)) {
    const problem = await remove(old);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/** The other campaigns of the same device that are over. */
async function campaignsOf(own: Marker, parent: string, except: string): Promise<Campaign[]> {
  const found: Campaign[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    if (name === except || !isDefaultName(name, own.device.name)) continue;
    const dir = join(parent, name);
    const marker = await markerOf(dir);
    if (!marker || !sameDevice(marker, own) || (await isBeingWritten(dir, marker))) continue;
    found.push({ dir, marker });
  }
  return found;
}

async function markerOf(dir: string): Promise<Marker | undefined> {
  try {
    // What a link leads to is not in this folder.
    if (!(await lstat(dir)).isDirectory()) return undefined;
    return readMarker(await readFile(join(dir, MARKER), 'utf8'));
  } catch {
    return undefined;
  }
}

function sameDevice({ device: one }: Marker, { device: other }: Marker): boolean {
  return one.name === other.name && one.host === other.host && one.mosId === other.mosId;
}

/** A history is compressed when all else is done; until then the process that writes it may be at work. */
async function isBeingWritten(dir: string, { pid }: Marker): Promise<boolean> {
  if ((await readdir(dir)).includes(PACKED_HISTORY)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Removes what a campaign has written, the mark last, and the folder only where nothing else is in it. */
async function remove(dir: string): Promise<string | undefined> {
  try {
    const entries = await readdir(dir);
    const others = entries.filter((entry) => !isOfCampaign(entry));
    if (others.length > 0)
      return `${dir} stays: it holds ${list(others.slice(0, 3))}, which no campaign wrote.`;
    for (const entry of entries)
      if (entry !== MARKER) await rm(join(dir, entry), { recursive: true, force: true });
    await rm(join(dir, MARKER), { force: true });
    await rmdir(dir);
    return undefined;
  } catch (problem) {
    return `${dir} could not be removed: ${whyNot(problem)}.`;
  }
}
