/** Tests that a campaign left out for one reason. */
export interface LeftOutGroup {
  reason: string;
  /** As they are told one by one. */
  entries: string[];
  /** The tests without their ports, each once, in the order of the catalogue. */
  tests: { id: string; ports: string[] }[];
}

/** `REL-02@upper (title): reason`, as a campaign words it. */
const ENTRY = /^([^\s@]+)(?:@(\S+))? \((.*?)\): (.*)$/s;

/** What was left out, grouped by why; a sentence of another shape is a group of its own, with no tests. */
export function groupLeftOut(leftOut: readonly string[]): LeftOutGroup[] {
  const groups = new Map<string, LeftOutGroup>();
  for (const entry of leftOut) {
    const [, id, port, , reason = entry] = ENTRY.exec(entry) ?? [];
    const group = groups.get(reason) ?? { reason, entries: [], tests: [] };
    groups.set(reason, group);
    group.entries.push(entry);
    if (id === undefined) continue;
    let test = group.tests.find((one) => one.id === id);
    if (!test) group.tests.push((test = { id, ports: [] }));
    if (port !== undefined) test.ports.push(port);
  }
  return [...groups.values()];
}

/** Groups of this size are told test by test, larger ones by their IDs. */
const FEW = 3;

/**
 * What was left out in few lines: some tests one by one with their titles, many of one reason in one line.
 * @param most IDs that a line names
 */
export function leftOutSentences(leftOut: readonly string[], most: number): string[] {
  return groupLeftOut(leftOut).flatMap(({ reason, entries, tests }) => {
    if (entries.length <= FEW || tests.length === 0) return entries;
    const named = tests
      .slice(0, most)
      .map(({ id, ports }) => (ports.length === 1 ? `${id}@${ports[0]}` : id));
    const more = tests.length > most ? ` and ${tests.length - most} more` : '';
    return [`${entries.length} tests, each because ${reason}: ${named.join(', ')}${more}`];
  });
}
