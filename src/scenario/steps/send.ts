import { msToUs, nowUs } from '../../history/clock.ts';
import { symptom } from '../../history/symptoms.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Request } from '../../ncs/requests.ts';
import type { Delivery, MessageSpec } from '../../suite/message.ts';
import { compose, type Composed } from '../compose.ts';
import type { TestRun } from '../run.ts';
import { flood } from '../flood.ts';
import { drip, endless } from '../slow-sending.ts';
import { failedStep } from '../step-failure.ts';
import { untilRead } from '../until-read.ts';

/** Most characters of a sent message that the history keeps. */
const TEXT_LIMIT = 4_000;

/** Messages of a flood that are made at a time. */
const FLOOD_BATCH = 64;

/** Sends one message on one connection, as the suite wants it delivered, and enters it as a request. */
export async function sendOn(
  run: TestRun,
  connection: Connection,
  spec: MessageSpec & Delivery,
  label?: string,
): Promise<Request> {
  await run.act();
  const copies = spec.copies === undefined ? 1 : run.values.count(spec.copies);
  const messages = Array.from({ length: copies }, () => compose(run, withProbe(run, connection, spec)));
  const whole = Buffer.concat(messages.map(({ bytes }) => bytes));
  const bytes = spec.cut === undefined ? whole : whole.subarray(0, cutAt(whole.length, spec.cut));
  const complete = bytes.length === whole.length && !isUnending(run, spec, whole.length);
  const requests = messages.map((composed) => {
    const request = requestOf(composed, label);
    if (complete && !isBlank(composed)) connection.expectAnswer(request);
    if (label !== undefined) remember(run, label, request);
    const sent = complete ? composed.bytes.length : bytes.length;
    recordSent(run, connection, composed, { bytes: sent, label, complete: complete && !isBlank(composed) });
    return request;
  });
  const more = (): Buffer =>
    Buffer.concat(
      Array.from({ length: FLOOD_BATCH }, () => compose(run, withProbe(run, connection, spec)).bytes),
    );
  const { problem, unseparated } = await deliver(run, connection, bytes, spec, more);
  for (const request of requests) {
    request.sentUs = nowUs();
    if (unseparated) request.unseparated = true;
  }
  if (problem !== undefined) {
    const lost = symptom('not-sent', { quote: problem });
    throw failedStep('answer', 'the device to take the message', lost, [connection.name]);
  }
  return requests.at(-1) as Request;
}

function requestOf(composed: Composed, label: string | undefined): Request {
  return {
    label: label ?? composed.messageID ?? composed.name,
    name: composed.name,
    sentUs: nowUs(),
    answers: [],
    ...(composed.messageNumber !== undefined && { messageNumber: composed.messageNumber }),
    ...(composed.messageID !== undefined && { messageID: composed.messageID }),
  };
}

/** Whether a message may never be complete, because it is slowed down so much, or is one of too many. */
function isUnending(run: TestRun, { endless, flood, drip }: Delivery, length: number): boolean {
  if (endless ?? flood) return true;
  if (drip?.until === undefined) return false;
  const pieces = Math.ceil(length / run.values.count(drip.bytes));
  return pieces * run.values.ms(drip.every) >= run.values.ms(drip.until);
}

/** White space between messages asks for nothing. */
function isBlank({ name, text }: Composed): boolean {
  return name === 'raw' && text !== '' && text.trim() === '';
}

/** A message of which nothing is said is the one that the device answered in the opening sanity test. */
export function withProbe<T extends MessageSpec>(run: TestRun, connection: Connection, spec: T): T {
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
  more: () => Buffer,
): Promise<Delivered> {
  if (delivery.split) return inPieces(run, connection, pieces(bytes, delivery.split), delivery);
  if (delivery.drip) await drip(run, connection, bytes, delivery.drip);
  else if (delivery.endless) await endless(run, connection, bytes, delivery.endless);
  else if (delivery.flood) await flood(run, connection, more, delivery.flood);
  else return { problem: await connection.send(bytes, delivery.fin) };
  return {};
}

/** How a delivery went. */
interface Delivered {
  /** Why not everything could be sent. */
  problem?: string | undefined;
  /** Two pieces may have met in one read of the device. */
  unseparated?: boolean;
}

/** A pause of ours, in which others may act. */
async function rest(run: TestRun, ms: number): Promise<void> {
  await run.history.until(() => false, nowUs() + msToUs(ms), run.context.signal);
  await run.act();
}

function pieces(bytes: Buffer, split: readonly (number | string)[]): Buffer[] {
  const offsets = split
    .map((at) => (typeof at === 'number' ? at : Math.floor((bytes.length * Number.parseFloat(at)) / 100)))
    .filter((at) => at > 0 && at < bytes.length)
    .sort((a, b) => a - b);
  const edges = [0, ...offsets, bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

/**
 * Pieces go out in segments of their own because each write has left before the next one starts (TCP_NODELAY), and
 * reach the device in reads of their own because each was read before the next one leaves, where that can be seen.
 */
async function inPieces(
  run: TestRun,
  connection: Connection,
  parts: readonly Buffer[],
  { fin, pause }: Delivery,
): Promise<Delivered> {
  let unseparated = false;
  for (const [index, part] of parts.entries()) {
    if (index > 0 && !(await untilRead(run, connection))) unseparated = true;
    if (index > 0 && pause !== undefined) await rest(run, run.values.ms(pause));
    const problem = await connection.send(part, index === parts.length - 1 ? fin : undefined);
    if (problem !== undefined) return { problem, unseparated };
  }
  return { unseparated };
}
