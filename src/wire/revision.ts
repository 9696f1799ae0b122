/** The revisions of MOS 2.x that a device may claim and that change what a message holds, oldest first. */
export const REVISIONS = ['2.6', '2.8.0', '2.8.1', '2.8.2', '2.8.3', '2.8.4', '2.8.5'] as const;

/** A revision of MOS 2.x. */
export type Revision = (typeof REVISIONS)[number];

/** Whether `revision` is `since` or a later one. */
export function isSince(revision: Revision, since: Revision): boolean {
  return REVISIONS.indexOf(revision) >= REVISIONS.indexOf(since);
}
