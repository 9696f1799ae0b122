import type { ActFact, BytesFact, EventFact, Fact, MessageFact, NoteFact } from '../../history/facts.ts';
import type { ConnectionResult } from '../../results/results.ts';
import { count, duration } from '../format.ts';
import type { Item, Mark } from './rows.ts';

type Traffic = ActFact | EventFact | BytesFact | MessageFact | NoteFact;

const ARROWS: Partial<Record<ActFact['act'], { carries: 'syn' | 'fin' | 'rst'; label: string }>> = {
  connect: { carries: 'syn', label: 'SYN' },
  'half-close': { carries: 'fin', label: 'FIN' },
  close: { carries: 'fin', label: 'FIN' },
  abort: { carries: 'rst', label: 'RST' },
};

/** What our end can no longer send. */
interface Sent {
  /** The connection is gone: nothing crosses the wire any more. */
  gone: boolean;
  /** Our FIN went out: a close that follows sends no second one. */
  fin: boolean;
}

function actMark(fact: ActFact, sent: Sent): Mark {
  const detail = fact.detail === undefined ? '' : `: ${fact.detail}`;
  const arrow = ARROWS[fact.act];
  if (arrow && !sent.gone && !(arrow.carries === 'fin' && sent.fin))
    return { kind: 'arrow', toward: 'device', ...arrow, act: fact.act + detail, evidence: 'observed' };
  if (fact.act === 'vanish') return { kind: 'act', text: `vanish: our end goes, nothing is sent${detail}` };
  return { kind: 'act', text: fact.act + detail };
}

function arrowHere(carries: 'syn' | 'fin' | 'rst', label: string): Mark {
  return { kind: 'arrow', toward: 'ncs', carries, label, evidence: 'observed' };
}

function eventMark(fact: EventFact, connection: ConnectionResult | undefined): Mark | undefined {
  const code = fact.code === undefined ? '' : ` (${fact.code})`;
  switch (fact.event) {
    case 'connected':
      return arrowHere('syn', 'SYN + ACK: connected');
    case 'accepted':
      return arrowHere('syn', 'SYN: the device dialled, we accepted');
    case 'fin':
      return arrowHere('fin', finLabel(connection));
    case 'reset':
      return arrowHere('rst', `RST${code}`);
    case 'refused':
      return arrowHere('rst', `RST: refused${code}`);
    case 'timeout':
      return {
        kind: 'missing',
        text: `time-out${code}${fact.detail === undefined ? '' : `: ${fact.detail}`}`,
      };
    case 'error':
      return { kind: 'act', text: `error${code}${fact.detail === undefined ? '' : `: ${fact.detail}`}` };
    case 'closed':
      return fact.code === undefined ? undefined : { kind: 'act', text: `our socket closed${code}` };
  }
}

function finLabel(connection: ConnectionResult | undefined): string {
  if (connection?.releaseMs === undefined) return 'FIN';
  return `FIN ${duration(connection.releaseMs)} after ours`;
}

function messageMark(fact: MessageFact): Mark {
  const id = fact.messageID === undefined ? '' : ` #${fact.messageID}`;
  const findings = fact.findings?.length ? `, ${count(fact.findings.length, 'finding')}` : '';
  return bytesArrow(fact.direction, `${fact.name}${id} (${count(fact.bytes, 'byte')}${findings})`);
}

function bytesArrow(direction: 'sent' | 'received', label: string): Mark {
  return {
    kind: 'arrow',
    toward: direction === 'sent' ? 'device' : 'ncs',
    carries: 'bytes',
    label,
    evidence: 'observed',
  };
}

function directionOf(fact: Traffic): 'sent' | 'received' | undefined {
  if (fact.kind === 'bytes' || fact.kind === 'message') return fact.direction;
  return fact.kind === 'act' && fact.act === 'send' ? 'sent' : undefined;
}

/** One run of traffic in one direction: its messages, or its bytes where they make no message. */
function runItems(run: readonly Traffic[], direction: 'sent' | 'received'): Item[] {
  const messages = run.filter((fact) => fact.kind === 'message');
  if (messages.length > 0) return messages.map((fact) => ({ us: fact.us, mark: messageMark(fact) }));
  const bytes = run.filter((fact) => fact.kind === 'bytes').reduce((sum, fact) => sum + fact.count, 0);
  const detail = run.find((fact) => fact.kind === 'act')?.detail;
  const label = detail === undefined ? 'no whole message' : detail;
  const first = run[0];
  return first ? [{ us: first.us, mark: bytesArrow(direction, `${count(bytes, 'byte')} (${label})`) }] : [];
}

function single(fact: Traffic, connection: ConnectionResult | undefined, sent: Sent): Mark | undefined {
  if (fact.kind === 'act') return actMark(fact, sent);
  if (fact.kind === 'event') return eventMark(fact, connection);
  return fact.kind === 'note' ? { kind: 'note', text: `note: ${fact.text}` } : undefined;
}

/**
 * Everything but the states of one connection as items, in order: acts, events and traffic. Bytes that belong to
 * a message stand for themselves only where no message came of them.
 */
export function trafficItems(facts: readonly Fact[], connection: ConnectionResult | undefined): Item[] {
  const traffic = facts.filter((fact): fact is Traffic => fact.kind !== 'state');
  const items: Item[] = [];
  const sent: Sent = { gone: false, fin: false };
  for (let index = 0; index < traffic.length;) {
    const fact = traffic[index] as Traffic;
    const direction = directionOf(fact);
    let end = index + 1;
    if (direction !== undefined) {
      while (end < traffic.length && directionOf(traffic[end] as Traffic) === direction) end++;
      items.push(...runItems(traffic.slice(index, end), direction));
    } else {
      const mark = single(fact, connection, sent);
      if (mark) items.push({ us: fact.us, mark });
      if (fact.kind === 'event' && (fact.event === 'reset' || fact.event === 'refused')) sent.gone = true;
      if (fact.kind === 'act' && ARROWS[fact.act]?.carries === 'fin') sent.fin = true;
    }
    index = end;
  }
  return items;
}
