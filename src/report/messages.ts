import type { Fact, MessageFact } from '../history/facts.ts';
import { count, moment } from './format.ts';
import { indentXml } from './indent-xml.ts';
import { clip, visible, visibleLine } from './visible.ts';

/** How a message is shown. */
export interface MessageFormat {
  /** The start of the test on the clock of the facts; times are told from here. */
  startedUs: number;
  /** Characters of the XML that are shown; 4000 unless told. */
  maxCharacters?: number;
}

/**
 * A message for a log: a line with time, direction, name, encoding and bytes, its findings, then its XML with one
 * element a line. Safe for terminals and pages: control characters are made visible.
 */
export function formatMessage(fact: MessageFact, { startedUs, maxCharacters = 4000 }: MessageFormat): string {
  const parts = [`${moment(fact.us - startedUs)} ${fact.direction} ${fact.name}`];
  if (fact.connection !== undefined) parts.push(`on ${fact.connection}`);
  if (fact.label !== undefined) parts.push(`as ${fact.label}`);
  if (fact.messageID !== undefined) parts.push(`messageID ${fact.messageID}`);
  if (fact.answers !== undefined) parts.push(`answers ${fact.answers}`);
  const head = visibleLine(`${parts.join(', ')} (${count(fact.bytes, 'byte')}, ${fact.encoding})`);
  const findings = (fact.findings ?? []).map(({ id, text }) => visibleLine(`  finding ${id}: ${text}`));
  const body = clip(indentXml(visible(clip(fact.text, maxCharacters))), maxCharacters * 2);
  return [head, ...findings, ...body.split('\n').map((line) => `  ${line}`)].join('\n');
}

/** One kind of finding with how often it was made. */
export interface FindingGroup {
  id: string;
  text: string;
  count: number;
}

/** The findings of all messages, each kind once with its number, the most frequent first. */
export function groupFindings(facts: readonly Fact[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const fact of facts) {
    if (fact.kind !== 'message') continue;
    for (const { id, text } of fact.findings ?? []) {
      const group = groups.get(id);
      if (group) group.count++;
      else groups.set(id, { id, text, count: 1 });
    }
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}
