/** The groups of the built-in suites, in the order in which a campaign runs them. */
export const GROUPS = {
  SANITY: 'sanity',
  CON: 'connect',
  REL: 'release',
  HC: 'half-close',
  DC: 'device closes first',
  RC: 'reconnect',
  ST: 'stall',
  CH: 'churn',
  AB: 'abort',
  WIRE: 'wire',
  ENV: 'envelope',
  P0: 'profile 0',
  LANE: 'lanes',
  GRID: 'every end after every event',
  ROB: 'robustness',
} as const;

/** The ID of a group of the built-in suites. */
export type GroupName = keyof typeof GROUPS;

/** A group of tests: of the built-in ones, or one that a suite declares for itself. */
export interface Group {
  /** `REL`, `ACME` */
  id: string;
  /** `release`, `Our prompter` */
  title: string;
}

/** The built-in groups, in their order. */
export const BUILTIN_GROUPS: readonly Group[] = Object.entries(GROUPS).map(([id, title]) => ({ id, title }));

/** The groups that these suites can belong to: the built-in ones, then their own, each ID once. */
export function groupsOf(suites: readonly { group: string; groupTitle: string }[]): Group[] {
  const groups = new Map(BUILTIN_GROUPS.map((group) => [group.id, group]));
  for (const { group: id, groupTitle: title } of suites) if (!groups.has(id)) groups.set(id, { id, title });
  return [...groups.values()];
}

/** The group that a person means by a short or a long name. */
export function groupNamed(name: string, groups: readonly Group[]): Group | undefined {
  return groups.find(
    ({ id, title }) => plainName(id) === plainName(name) || plainName(title) === plainName(name),
  );
}

/** A name without what a person may write otherwise: case, and what stands between its words. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
