import { once } from 'node:events';
import { connect } from 'node:net';
import { nowUs } from '../src/history/clock.ts';
import type { Endpoint } from '../src/history/facts.ts';
import { History } from '../src/history/history.ts';
import { Connection } from '../src/ncs/connection.ts';
import { Holdings } from '../src/ncs/holdings.ts';
import type { Received } from '../src/ncs/requests.ts';
import { encodeMessage } from '../src/wire/encode.ts';
import { heartbeat, mosTime } from '../src/wire/messages.ts';
import { msOf, paired, type Manner } from './bench.ts';
import type { Row } from './row.ts';
import { startEcho } from './start-echo.ts';

const ENCODING = 'ucs-2be';
const OPENING_MS = 5_000;

/** Round trips on each connection, by the number of connections. */
const TRIPS = new Map([
  [1, 4_000],
  [64, 200],
]);

/**
 * Heartbeats a second on connections that stay open, each composed, recorded, decoded and matched to its request,
 * against a plain client in Node that sends the same bytes again and again and counts what comes back. Both ask a
 * server that does nothing but send back.
 */
export async function* heartbeatRows({ rounds, quick }: Manner): AsyncGenerator<Row> {
  const { remote, stop } = await startEcho();
  try {
    for (const [connections, most] of TRIPS) {
      const trips = quick ? most / 4 : most;
      const rate = async (lane: (remote: Endpoint, trips: number) => Promise<void>): Promise<number> => {
        const lanes = (): Promise<unknown> =>
          Promise.all(Array.from({ length: connections }, () => lane(remote, trips)));
        return (connections * trips) / ((await msOf(lanes)) / 1_000);
      };
      await rate(ourLane);
      await rate(plainLane);
      const name = `heartbeats, ${connections} ${connections === 1 ? 'connection' : 'connections'}, against plain Node`;
      yield await paired(
        { name, unit: 'round trips/s', rounds },
        () => rate(ourLane),
        () => rate(plainLane),
      );
    }
  } finally {
    stop();
  }
}

function request(messageID: number): Buffer {
  const body = heartbeat(mosTime(new Date()));
  return encodeMessage({ mosID: 'device.mos', ncsID: 'news.ncs', messageID, body }, ENCODING);
}

async function ourLane(remote: Endpoint, trips: number): Promise<void> {
  const history = new History();
  const connection = await Connection.dial({
    ...{ name: 'bench', history, remote, timeoutMs: OPENING_MS, encoding: ENCODING },
  });
  if (connection.failure) throw new Error(connection.failure.code);
  for (let messageID = 1; messageID <= trips; messageID += 1) {
    connection.expectAnswer({
      ...{ label: String(messageID), name: 'heartbeat', messageNumber: messageID },
      ...{ sentUs: nowUs(), answers: [] },
    });
    const answered = new Promise<Received>((resolve) => (connection.onReceived = resolve));
    const problem = await connection.send(request(messageID));
    if (problem !== undefined) throw new Error(problem);
    const received = await answered;
    if (received.request?.messageNumber !== messageID) throw new Error('a heartbeat was not answered');
    // All lanes together would hold more replies than a campaign may, and read no more.
    Holdings.of(history).release();
  }
  connection.abort();
}

async function plainLane({ address, port }: Endpoint, trips: number): Promise<void> {
  const bytes = request(1);
  const socket = connect({ port, host: address, noDelay: true });
  await once(socket, 'connect');
  await new Promise<void>((resolve, reject) => {
    let [came, left] = [0, trips];
    socket.once('error', reject);
    socket.on('data', (chunk: Buffer) => {
      came += chunk.length;
      if (came < bytes.length) return;
      came = 0;
      left -= 1;
      if (left > 0) socket.write(bytes);
      else resolve();
    });
    socket.write(bytes);
  });
  socket.resetAndDestroy();
}
