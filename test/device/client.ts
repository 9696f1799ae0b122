import { connect, type Socket } from 'node:net';
import type { PortName } from '../../src/history/facts.ts';
import { createDevice } from '../../src/device/device.ts';
import type { DeviceOptions, RunningDevice } from '../../src/device/options.ts';
import { ownAddress } from '../own-address.ts';

/** Time that a test gives to something that is bound to happen. */
const DEADLINE_MS = 5_000;

/** How long a test watches for something that must not happen. */
const WATCH_MS = 120;

const running: RunningDevice[] = [];
const clients: Client[] = [];

/** A device that ends with the test. */
export async function device(options: DeviceOptions = {}): Promise<RunningDevice> {
  const started = await createDevice({ host: ownAddress(), ...options });
  running.push(started);
  return started;
}

/** A device with one fault. */
export function faulty(...faults: string[]): Promise<RunningDevice> {
  return device({ faults });
}

/** Ends every device and client of the test. */
export async function endAll(): Promise<void> {
  for (const client of clients.splice(0)) client.socket.destroy();
  await Promise.all(running.splice(0).map((each) => each.stop()));
}

/** Resolves once `condition` holds; rejects with `what` at the deadline. */
export async function until(what: string, condition: () => boolean, ms = DEADLINE_MS): Promise<void> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Rejects if `condition` comes to hold while it is watched. */
export async function never(what: string, condition: () => boolean, ms = WATCH_MS): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (condition()) throw new Error(`must not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** The bytes of a text as MOS wants them: UCS-2, high byte first. */
export function ucs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** What the envelope of a test's message says. */
export interface Envelope {
  mosID?: string;
  ncsID?: string;
  messageID?: string | null;
}

/** A whole message around one message element. */
export function mos(body: string, envelope: Envelope = {}): string {
  const { mosID = 'reference.device.mos', ncsID = 'conformance.ncs', messageID = '17' } = envelope;
  const id = messageID === null ? '' : `<messageID>${messageID}</messageID>`;
  return `<mos><mosID>${mosID}</mosID><ncsID>${ncsID}</ncsID>${id}${body}</mos>`;
}

export const HEARTBEAT = '<heartbeat><time>2026-03-02T18:04:11</time></heartbeat>';

/** A newsroom at the level of sockets, written without anything of the simulator. */
export class Client {
  readonly socket: Socket;
  received: Buffer = Buffer.alloc(0);
  connected = false;
  fin = false;
  reset = false;
  refused = false;
  closed = false;

  constructor(port: number, host = '127.0.0.1') {
    clients.push(this);
    this.socket = connect({ port, host, allowHalfOpen: true, noDelay: true });
    this.socket.on('connect', () => (this.connected = true));
    this.socket.on('data', (chunk) => (this.received = Buffer.concat([this.received, chunk])));
    this.socket.on('end', () => (this.fin = true));
    this.socket.on('close', () => (this.closed = true));
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') this.reset = true;
      if (error.code === 'ECONNREFUSED') this.refused = true;
    });
  }

  /** What was received, read as UCS-2 with the high byte first. */
  get text(): string {
    return new TextDecoder('utf-16be', { ignoreBOM: true }).decode(this.received);
  }

  /** The messages received so far. */
  get messages(): string[] {
    return this.text.match(/<mos>.*?<\/mos>/gs) ?? [];
  }

  send(text: string): void {
    this.socket.write(ucs2(text));
  }

  /** Sends one message and gives back the answer. */
  async ask(body: string, envelope: Envelope = {}): Promise<string> {
    const before = this.messages.length;
    this.send(mos(body, envelope));
    await until(`an answer to ${body}`, () => this.messages.length > before);
    return this.messages[before] ?? '';
  }

  heartbeat(): Promise<string> {
    return this.ask(HEARTBEAT);
  }

  /** Sends FIN and goes on reading. */
  halfClose(): void {
    this.socket.end();
  }

  abort(): void {
    this.socket.resetAndDestroy();
  }

  /** Half-closes and waits for the device's FIN. */
  async release(): Promise<void> {
    this.halfClose();
    await until("the device's FIN", () => this.fin && this.closed);
  }

  /** Half-closes and sees that no FIN comes back. */
  async leaks(): Promise<void> {
    this.halfClose();
    await never("the device's FIN", () => this.fin || this.closed);
  }
}

/** A connected client. */
export async function dial(to: RunningDevice, port: PortName = 'lower'): Promise<Client> {
  const client = new Client(to.ports[port] ?? 0, to.address);
  await until('the handshake', () => client.connected);
  return client;
}

/** Several connected clients. */
export async function crowd(to: RunningDevice, count: number, port: PortName = 'lower'): Promise<Client[]> {
  return Promise.all(Array.from({ length: count }, () => dial(to, port)));
}

/** Proves that the device serves a new connection and releases it. */
export async function serves(to: RunningDevice, port: PortName = 'lower'): Promise<void> {
  const client = await dial(to, port);
  await client.heartbeat();
  await client.release();
}
