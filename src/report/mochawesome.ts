import type { MessageFact } from '../history/facts.ts';
import type { TestRecord } from '../results/results.ts';
import { VANTAGES } from '../history/facts.ts';
import { stateText, statesAt } from './end-states.ts';
import { duration } from './format.ts';
import { ladderSvg } from './ladder.ts';
import { VANTAGE_NAMES } from './ladder/vantages.ts';
import { formatMessage, groupFindings } from './messages.ts';
import { clip, visible } from './visible.ts';

/** What mochawesome shows with a test: a title and a text, a picture or data. */
export interface MochawesomeContext {
  title: string;
  value: unknown;
}

/** The title of a ladder among the contexts. */
export const LADDER = 'Ladder';

/** How much a log of messages shows of its beginning and its end, and of each message, in characters. */
interface LogSize {
  messages: number;
  characters: number;
}

/** Where there is something to argue over. */
const FULL_LOG: LogSize = { messages: 40, characters: 2000 };

/** Where a test simply passed: three hundred such logs stand in one report. */
const SHORT_LOG: LogSize = { messages: 8, characters: 600 };

/** A picture as mochawesome draws one: it goes by the ending of the address. Many stand on one page: no line is indented. */
function pictureAddress(svg: string): string {
  const text = svg.replace(/\s*\n\s*/g, ' ');
  return `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}#x.png`;
}

function messageLog(record: TestRecord): string | undefined {
  const messages = record.facts.filter((fact): fact is MessageFact => fact.kind === 'message');
  if (messages.length === 0) return undefined;
  const size = isPlain(record) ? SHORT_LOG : FULL_LOG;
  const format = (fact: MessageFact): string =>
    formatMessage(fact, { startedUs: record.result.startedUs, maxCharacters: size.characters });
  if (messages.length <= size.messages) return messages.map(format).join('\n\n');
  const half = size.messages / 2;
  const left = `… ${messages.length - size.messages} messages not shown, see history.ndjson.gz …`;
  return [...messages.slice(0, half).map(format), left, ...messages.slice(-half).map(format)].join('\n\n');
}

function assertions({ result }: TestRecord): string[] {
  return result.assertions.slice(0, 100).map((assertion) => {
    const meaning = assertion.meaning === undefined ? '' : `\n  meaning: ${assertion.meaning}`;
    const means = assertion.means.length === 0 ? '' : ` [${assertion.means.join(', ')}]`;
    return `${assertion.outcome}: ${assertion.requirement} (${assertion.level})\n  expected: ${assertion.expected}\n  actual: ${assertion.actual}${means}${meaning}`;
  });
}

function connections({ result }: TestRecord): string[] {
  return result.connections.slice(0, 50).map((connection) => {
    const { name, outcome, local, remote, releaseMs } = connection;
    const ends = [local, remote].filter((end) => end !== undefined).join(' – ');
    const release = releaseMs === undefined ? '' : `, released after ${duration(releaseMs)}`;
    const states = VANTAGES.map((vantage) => {
      const seen = statesAt(connection, vantage).map(stateText);
      return `\n  ${VANTAGE_NAMES[vantage]}: ${seen.length === 0 ? 'not known' : seen.join(', ')}`;
    });
    return `${name}: ${outcome}${release}${ends === '' ? '' : ` (${ends})`}${states.join('')}`;
  });
}

/** Whether there is nothing to argue over: no failure, no remark, nothing left open. */
function isPlain({ result }: TestRecord): boolean {
  return result.verdict === 'pass' || result.verdict === 'none';
}

/**
 * What mochawesome is to show with a test: why, the ladder unless it simply passed, what was asserted, connections,
 * findings, messages.
 */
export function mochawesomeContexts(record: TestRecord): MochawesomeContext[] {
  const text = (title: string, value: string | undefined): MochawesomeContext[] =>
    value === undefined || value === '' ? [] : [{ title, value: visible(clip(value, 60_000)) }];
  const findings = groupFindings(record.facts).map((group) => `${group.count} × ${group.id}: ${group.text}`);
  return [
    ...text(
      'Verdict',
      [record.result.verdict, record.result.reason].filter((part) => part !== '').join(': '),
    ),
    ...(isPlain(record) ? [] : [{ title: LADDER, value: pictureAddress(ladderSvg(record)) }]),
    ...text('Expectations', assertions(record).join('\n\n')),
    ...text('Connections', connections(record).join('\n')),
    ...text('Findings', findings.join('\n')),
    ...text('Messages', messageLog(record)),
    ...text('Test', record.source),
  ];
}
