import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Request } from '../../ncs/requests.ts';
import type { Delivery, MessageSpec } from '../../suite/model.ts';
import { compose, type Composed } from '../compose.ts';
import type { TestRun } from '../run.ts';
import { StepFailure } from '../step-failure.ts';

/** Most characters of a sent message that the history keeps. */
const TEXT_LIMIT = 4_000;

/** Sends one message on one connection, as the suite wants it delivered, and enters it as a request. */
export async function sendOn(
  run: TestRun,
  connection: Connection,
  spec: MessageSpec & Delivery,
  label?: string,
): Promise<Request> {
  const composed = compose(run, withProbe(run, connection, spec));
  const copies = spec.copies === undefined ? 1 : run.values.count(spec.copies);
  const whole =
    copies === 1 ? composed.bytes : Buffer.concat(Array.from({ length: copies }, () => composed.bytes));
  const bytes = spec.cut === undefined ? whole : whole.subarray(0, cutAt(whole.length, spec.cut));
  const request: Request = {
    label: label ?? composed.messageID ?? composed.name,
    name: composed.name,
    sentUs: nowUs(),
    answers: [],
    ...(composed.messageNumber !== undefined && { messageNumber: composed.messageNumber }),
  };
  const complete = bytes.length === whole.length && spec.endless === undefined;
  if (complete) connection.expectAnswer(request);
  if (label !== undefined) remember(run, label, request);
  recordSent(run, connection, composed, { bytes: bytes.length, label, complete });
  const problem = await deliver(run, connection, bytes, spec);
  request.sentUs = nowUs();
  if (problem !== undefined) {
    throw new StepFailure('fail', 'the device to take the message', `it could not be sent: ${problem}`, [
      connection.name,
    ]);
  }
  return request;
}

/** A message of which nothing is said is the one that the device answered in the opening sanity test. */
function withProbe<T extends MessageSpec>(run: TestRun, connection: Connection, spec: T): T {
  if (spec.message ?? spec.xml ?? spec.raw ?? spec.hex) return spec;
  const habits = connection.portName && run.context.habits[connection.portName];
  return { ...spec, message: habits?.probe ?? 'heartbeat' };
}

function cutAt(length: number, cut: number | string): number {
  if (typeof cut === 'number') return cut;
  const share = Math.floor((length * Number.parseFloat(cut)) / 100);
  return Math.min(Math.max(1, share), length - 1);
}

function remember(run: TestRun, label: string, request: Request): void {
  const known = run.requests.get(label);
  if (known) known.push(request);
  else run.requests.set(label, [request]);
}

function recordSent(
  run: TestRun,
  connection: Connection,
  composed: Composed,
  sent: { bytes: number; label: string | undefined; complete: boolean },
): void {
  run.history.record({
    kind: 'message',
    connection: connection.name,
    direction: 'sent',
    name: composed.name,
    bytes: sent.bytes,
    encoding: composed.encoding,
    text: composed.text.slice(0, TEXT_LIMIT),
    ...(composed.messageID !== undefined && { messageID: composed.messageID }),
    ...(sent.label !== undefined && { label: sent.label }),
    ...(!sent.complete && { incomplete: true }),
  });
}

async function deliver(
  run: TestRun,
  connection: Connection,
  bytes: Buffer,
  delivery: Delivery,
): Promise<string | undefined> {
  if (delivery.split) return inPieces(connection, pieces(bytes, delivery.split), delivery.fin);
  if (delivery.drip) return dripping(run, connection, bytes, delivery.drip);
  if (delivery.endless) return endlessly(run, connection, bytes, delivery.endless);
  return connection.send(bytes, delivery.fin);
}

function pieces(bytes: Buffer, split: readonly (number | string)[]): Buffer[] {
  const offsets = split
    .map((at) => (typeof at === 'number' ? at : Math.floor((bytes.length * Number.parseFloat(at)) / 100)))
    .filter((at) => at > 0 && at < bytes.length)
    .sort((a, b) => a - b);
  const edges = [0, ...offsets, bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

/** Pieces go out in segments of their own because each write has left before the next one starts (TCP_NODELAY). */
async function inPieces(
  connection: Connection,
  parts: readonly Buffer[],
  fin: Delivery['fin'],
): Promise<string | undefined> {
  for (const [index, part] of parts.entries()) {
    const problem = await connection.send(part, index === parts.length - 1 ? fin : undefined);
    if (problem !== undefined) return problem;
    await pause(1);
  }
  return undefined;
}

async function dripping(
  run: TestRun,
  connection: Connection,
  bytes: Buffer,
  drip: NonNullable<Delivery['drip']>,
): Promise<string | undefined> {
  const size = run.values.count(drip.bytes);
  const everyMs = run.values.ms(drip.every);
  const endUs = drip.until === undefined ? Infinity : nowUs() + msToUs(run.values.ms(drip.until));
  for (let at = 0; at < bytes.length && nowUs() < endUs && !run.context.signal.aborted; at += size) {
    const problem = await connection.send(bytes.subarray(at, at + size));
    if (problem !== undefined) return problem;
    await pause(everyMs);
  }
  return undefined;
}

/** A message that never ends: its opening, then filler until the device gives up, or the bytes or the time are spent. */
async function endlessly(
  run: TestRun,
  connection: Connection,
  bytes: Buffer,
  endless: NonNullable<Delivery['endless']>,
): Promise<string | undefined> {
  const endUs = nowUs() + msToUs(run.values.ms(endless.time));
  const filler = Buffer.alloc(64 * 1024, Buffer.from([0x00, 0x78]));
  const opening = bytes.subarray(0, cutAt(bytes.length, '60%') & ~1);
  let sent = opening.length;
  let problem = await connection.send(opening);
  while (problem === undefined && sent < endless.bytes && nowUs() < endUs && !run.context.signal.aborted) {
    const waitedUs = nowUs();
    problem = await Promise.race([
      connection.send(filler),
      pause(1_000).then(() => (nowUs() >= endUs ? 'time' : undefined)),
    ]);
    sent += filler.length;
    if (endless.rate)
      await pause(Math.max(0, (filler.length / endless.rate) * 1_000 - (nowUs() - waitedUs) / 1_000));
  }
  const ended = problem === undefined || problem === 'time' ? 'not given up' : `given up (${problem})`;
  run.history.record({
    kind: 'note',
    connection: connection.name,
    about: 'device',
    text: `a message that never ends was ${ended} after ${sent} bytes`,
  });
  return undefined;
}
