import type { MessageFact } from '../../history/facts.ts';
import type { TestRecord } from '../../results/results.ts';
import { html, type Markup } from '../html.ts';
import { formatMessage } from '../messages.ts';

/** Failed expectations about messages are shown with this many of them. */
const MOST = 4;

/** The last messages before the failure, where the failure is about messages and not about sockets. */
export function wireEvidence({ result, facts }: TestRecord): Markup | false {
  const about = result.assertions.filter(
    ({ outcome, requirement }) => outcome === 'fail' && requirement.startsWith('MOS-'),
  );
  if (about.length === 0) return false;
  const connections = new Set(about.flatMap((assertion) => assertion.connections));
  const messages = facts.filter(
    (fact): fact is MessageFact =>
      fact.kind === 'message' && (connections.size === 0 || connections.has(fact.connection ?? '')),
  );
  const last = messages.slice(-MOST);
  return html`${last.map((fact) => html`<pre>${formatMessage(fact, { startedUs: result.startedUs, maxCharacters: 1500 })}</pre>`)}`;
}
