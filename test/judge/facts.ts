import { msToUs, nowUs } from '../../src/history/clock.ts';
import type { Fact, SocketState, Vantage } from '../../src/history/facts.ts';
import { History } from '../../src/history/history.ts';
import { viewOf, type ConnectionView } from '../../src/judge/view.ts';

/** One line of a story about a connection: ms since the story began, and what happened. */
export type Line =
  | [ms: number, act: 'half-close' | 'close' | 'abort' | 'send' | 'pause-reading' | 'resume-reading']
  | [ms: number, event: 'connected' | 'fin' | 'reset']
  | [ms: number, vantage: Vantage, state: SocketState];

/** A history in which the story of connection `c` has happened, ending about now. */
export function tell(lines: readonly Line[], endedMsAgo = 0): History {
  const history = new History();
  const lastMs = Math.max(0, ...lines.map(([ms]) => ms));
  const startUs = nowUs() - msToUs(lastMs + endedMsAgo);
  for (const line of lines) history.record(factOf(line, startUs + msToUs(line[0])));
  return history;
}

function factOf(line: Line, us: number): Fact {
  const connection = 'c';
  if (line.length === 3) {
    const [, vantage, state] = line;
    return {
      kind: 'state',
      connection,
      us,
      sinceUs: us - 5_000,
      vantage,
      state,
      means: 'sock_diag',
      evidence: 'observed',
    };
  }
  const [, what] = line;
  if (what === 'connected' || what === 'fin' || what === 'reset')
    return { kind: 'event', connection, us, event: what };
  if (what === 'send') {
    return {
      kind: 'message',
      connection,
      us,
      direction: 'sent',
      name: 'heartbeat',
      bytes: 2,
      encoding: 'ucs-2be',
      text: '',
    };
  }
  return { kind: 'act', connection, us, act: what };
}

/** The view of connection `c` after a story. */
export function viewAfter(lines: readonly Line[], endedMsAgo = 0): ConnectionView {
  return viewOf('c', tell(lines, endedMsAgo).of('c'));
}
