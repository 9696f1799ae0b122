import type net from 'node:net';
import type { ChurnReport } from '../../../src/history/churn/report.ts';
import { decodeFrame } from '../../../src/wire/decode.ts';
import { encodeMessage } from '../../../src/wire/encode.ts';
import { Framer } from '../../../src/wire/framer.ts';
import { heartbeat, mosTime } from '../../../src/wire/messages.ts';
import type { ChurnOptions } from '../../../src/ncs/churn/options.ts';
import type { RequestSeries } from '../../../src/ncs/churn/requests.ts';
import { listen } from '../../observe/support.ts';

/** What a peer does on one connection; `wrong` answers with a messageID that nobody asked with. */
export type Manner =
  'answer' | 'silent' | 'close' | 'reset' | 'leak' | 'late' | 'wrong' | 'without ID' | 'elsewhere';

/** A small device that treats each connection as it is told to. */
export interface Peer {
  port: number;
  /** The most connections that existed at once. */
  most(): number;
  close(): void;
}

/** ms after which a peer closes late. */
export const LATE_MS = 400;

function answer(messageID: number | undefined): Buffer {
  const body = heartbeat(mosTime(new Date()));
  const id = messageID === undefined ? {} : { messageID };
  return encodeMessage({ mosID: 'device.mos', ncsID: 'news.ncs', body, ...id }, 'ucs-2be');
}

/** Starts a peer; `manner` says how it treats its n-th connection, counted from 1. */
export async function startPeer(manner: (connection: number) => Manner, host = '127.0.0.1'): Promise<Peer> {
  const server = await listen(host);
  const open = new Set<net.Socket>();
  let count = 0;
  let most = 0;
  server.on('connection', (socket) => {
    const how = manner(++count);
    open.add(socket);
    most = Math.max(most, open.size);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    const framer = new Framer();
    socket.on('data', (chunk: Buffer) => {
      for (const frame of framer.push(chunk)) reply(socket, how, decodeFrame(frame).messageNumber);
    });
    socket.on('end', () => {
      if (how === 'late') setTimeout(() => socket.end(), LATE_MS);
      else if (how !== 'leak') socket.end();
    });
  });
  const reply = (socket: net.Socket, how: Manner, id: number | undefined): void => {
    if (how === 'close') socket.end();
    else if (how === 'reset') socket.resetAndDestroy();
    else if (how === 'wrong') socket.write(answer((id ?? 0) + 1));
    else if (how === 'without ID') socket.write(answer(undefined));
    else if (how === 'elsewhere') [...open].findLast((other) => other !== socket)?.write(answer(id));
    else if (how !== 'silent') socket.write(answer(id));
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    most: () => most,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/**
 * The report without the cycles that were added after the burst, because this machine was busy and answers came late;
 * a peer has to have treated them well.
 */
export function withoutExtra(report: ChurnReport): ChurnReport {
  const { ended, wanted, tally } = report;
  const extra = ended === 'cycles' ? tally.started - wanted : 0;
  const counted = { ...tally };
  for (const name of ['started', 'opened', 'asked', 'answered', 'released'] as const) counted[name] -= extra;
  return { ...report, tally: counted };
}

/** Heartbeats with consecutive messageIDs. */
export function heartbeats(): RequestSeries {
  return { name: 'heartbeat', messageNumber: 101, bytes: answer(101), encoding: 'ucs-2be' };
}

/** The options of a churn against a port, short enough for a test. */
export function options(port: number, changes: Partial<ChurnOptions> = {}): ChurnOptions {
  return {
    remote: { address: '127.0.0.1', port },
    cycles: 60,
    concurrency: 10,
    mostOpen: 62,
    restMs: 0,
    timeMs: 20_000,
    atLeast: 10,
    connectMs: 2_000,
    replyMs: 300,
    releaseMs: 250,
    closes: ['close'],
    encoding: 'ucs-2be',
    requests: heartbeats(),
    signal: new AbortController().signal,
    ...changes,
  };
}
