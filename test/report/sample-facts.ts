import type { Fact, Means, NewFact, SocketState, Vantage } from '../../src/history/facts.ts';
import type { ConnectionResult, StateResult } from '../../src/results/results.ts';

/** Whose leak it is, and whether its end can be seen. */
export interface Conduct {
  closes: boolean;
  deviceSeen: boolean;
}

const at = (startedUs: number, ms: number): number => startedUs + Math.round(ms * 1000);

export const HEARTBEAT = `<mos><mosID>server.station.example</mosID><ncsID>ncs.station.example</ncsID><messageID>12</messageID><heartbeat><time>2026-01-31T14:05:09</time></heartbeat></mos>`;

function state(
  us: number,
  connection: string,
  vantage: Vantage,
  name: SocketState,
  observed: boolean,
): NewFact {
  const means: Means = observed ? 'sock_diag' : 'inference';
  return {
    kind: 'state',
    us,
    sinceUs: us - 900,
    connection,
    vantage,
    state: name,
    means,
    evidence: observed ? 'observed' : 'inferred',
    ...(observed ? {} : { from: name === 'CLOSE_WAIT' ? 'FIN_WAIT_2 here' : 'TIME_WAIT here' }),
  };
}

function opened(startedUs: number, name: string, seen: boolean): NewFact[] {
  return [
    { kind: 'act', act: 'connect', us: at(startedUs, 0.1), connection: name },
    { kind: 'event', event: 'connected', us: at(startedUs, 0.6), connection: name },
    state(at(startedUs, 0.9), name, 'ncs', 'ESTABLISHED', true),
    ...(seen ? [state(at(startedUs, 0.9), name, 'device', 'ESTABLISHED', true)] : []),
  ];
}

function exchanged(startedUs: number, name: string): NewFact[] {
  const message = {
    kind: 'message',
    name: 'heartbeat',
    encoding: 'UCS-2BE',
    text: HEARTBEAT,
    connection: name,
  } as const;
  return [
    { kind: 'act', act: 'send', us: at(startedUs, 2), connection: name },
    { kind: 'bytes', direction: 'sent', count: 332, us: at(startedUs, 2.1), connection: name },
    { ...message, direction: 'sent', us: at(startedUs, 2.1), messageID: '12', bytes: 332, label: 'q1' },
    { kind: 'bytes', direction: 'received', count: 332, us: at(startedUs, 6.4), connection: name },
    { ...message, direction: 'received', us: at(startedUs, 6.5), messageID: '12', bytes: 332, answers: 'q1' },
  ];
}

/** An exchange, then our close: the device closes too, or leaks its end for five seconds. */
export function releaseFacts(startedUs: number, name: string, { closes, deviceSeen }: Conduct): Fact[] {
  const us = (ms: number): number => at(startedUs, ms);
  const facts: NewFact[] = [
    ...opened(startedUs, name, deviceSeen),
    ...exchanged(startedUs, name),
    { kind: 'act', act: 'close', us: us(9), connection: name },
    state(us(9.2), name, 'ncs', 'FIN_WAIT_2', true),
  ];
  if (closes) {
    facts.push(
      { kind: 'event', event: 'fin', us: us(11.5), connection: name },
      state(us(11.8), name, 'ncs', 'TIME_WAIT', true),
      state(us(11.8), name, 'device', 'none', deviceSeen),
    );
  } else facts.push(state(us(9.4), name, 'device', 'CLOSE_WAIT', deviceSeen));
  return facts as Fact[];
}

/** What results.json says about the connection of {@link releaseFacts}. */
export function releaseConnection(
  name: string,
  facts: readonly Fact[],
  startedUs: number,
  closes: boolean,
): ConnectionResult {
  const states = facts.flatMap((fact): StateResult[] =>
    fact.kind === 'state' && fact.connection === name
      ? [
          {
            us: fact.us - startedUs,
            vantage: fact.vantage,
            state: fact.state,
            evidence: fact.evidence,
            means: fact.means,
          },
        ]
      : [],
  );
  return {
    name,
    port: 'lower',
    direction: 'to device',
    local: '127.0.0.1:41022',
    remote: '127.0.0.1:10540',
    outcome: closes ? 'clean' : 'never closed',
    ...(closes ? { releaseMs: 2.5 } : {}),
    states,
  };
}

/** A half-close in the middle of a message, a reset and a connection that nobody closed, seen from our end only. */
export function crowdFacts(startedUs: number, connections: number): Fact[] {
  const facts: Fact[] = [];
  for (let index = 1; index <= connections; index++) {
    const began = startedUs + index * 1500;
    facts.push(...releaseFacts(began, `crowd${index}`, { closes: index % 4 !== 0, deviceSeen: false }));
  }
  return facts;
}
