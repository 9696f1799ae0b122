import type { PortName } from '../history/facts.ts';
import type { Encoding } from '../wire/types.ts';
import type { Answer } from './answering.ts';
import { Call } from './call.ts';
import type { Network, Stream } from './network.ts';
import type { Received } from './requests.ts';
import { plainAddress } from './socket.ts';
import { TCP } from './tcp.ts';
import { usualAnswer, type NcsIdentity } from './usual-answers.ts';

/** Most connections of the device at once on one port; one more is closed at once. */
const MOST_CALLS = 32;

/** Different addresses of strangers that are remembered. */
const MOST_STRANGERS = 20;

/** How one port of the NCS listens. */
export interface ListenerOptions {
  portName: PortName;
  /** The local port; it must be free. */
  port: number;
  /** The literal address of the device: nobody else is let in. */
  device: string;
  encoding: Encoding;
  identity: NcsIdentity;
  /** Bytes of the largest message that is accepted; 64 MiB unless told. */
  messageSize?: number;
  /** The network on which it listens; that of this machine where absent. */
  network?: Network;
}

/** A test's wish to answer a message of the device otherwise than usual. */
export interface AnswerRule {
  /** The message that it is about. */
  to: string;
  /** How often it holds; for good where absent. */
  times?: number;
  /** What is answered; undefined leaves the message unanswered. */
  answer(received: Received): Answer | undefined;
  /** The connection that it is about; all of them where absent. */
  connection?: string;
}

/**
 * One of the NCS's own ports, on which a device dials in. Heartbeats, reqMachInfo and everything else that a
 * device may send are answered as a newsroom would, whether or not a test looks on.
 */
export class Listener {
  readonly portName: PortName;
  readonly port: number;
  /** The connections of the device, oldest first, without those that have ended. */
  readonly calls: Call[] = [];
  /** Calls so far; a device that has dialled once dials out. */
  count = 0;
  /** Addresses that dialled and were turned away, because they are not the device's. */
  readonly strangers = new Set<string>();
  readonly #options: ListenerOptions;
  #close: () => void = () => {};
  readonly #waiting = new Set<() => void>();
  #rules: AnswerRule[] = [];

  private constructor(options: ListenerOptions) {
    this.#options = options;
    this.portName = options.portName;
    this.port = options.port;
  }

  /** Begins to listen. The promise never rejects: `problem` says why it cannot be done. */
  static async open(options: ListenerOptions): Promise<Listener | { problem: string }> {
    const listener = new Listener(options);
    try {
      const { network = TCP } = options;
      const { close } = await network.listen(options.port, (stream) => listener.#take(stream));
      listener.#close = close;
      return listener;
    } catch (error) {
      return { problem: whyNot(options, error as NodeJS.ErrnoException) };
    }
  }

  /** Calls `action` at each new call until the result is called. */
  onCall(action: () => void): () => void {
    this.#waiting.add(action);
    return () => this.#waiting.delete(action);
  }

  /** Answers otherwise than usual from now on; the newest rule that fits wins. */
  answerBy(rule: AnswerRule): void {
    this.#rules.unshift({ ...rule });
  }

  /** Goes back to the usual answers, and takes back what was lent. */
  reset(): void {
    this.#rules = [];
    for (const call of [...this.calls]) if (call.isLent) call.takeBack();
  }

  /** Stops listening and ends every call. */
  close(): void {
    this.#close();
    for (const call of [...this.calls]) void call.connection.close();
  }

  #take(socket: Stream): void {
    const from = plainAddress(socket.remoteAddress ?? '');
    if (!isSameHost(from, this.#options.device)) {
      if (this.strangers.size < MOST_STRANGERS) this.strangers.add(from);
      socket.on('error', () => {});
      socket.destroy();
      return;
    }
    if (this.calls.length >= MOST_CALLS) return void socket.on('error', () => {}).destroy();
    this.count += 1;
    const { portName, encoding, identity, messageSize } = this.#options;
    const name = `call ${this.count} on ${portName}`;
    const call = new Call(socket, {
      name,
      portName,
      encoding,
      identity,
      ...(messageSize !== undefined && { messageSize }),
      answer: (received) => this.#answer(received, name),
    });
    this.calls.push(call);
    socket.once('close', () => this.calls.splice(this.calls.indexOf(call), 1));
    for (const action of [...this.#waiting]) action();
  }

  #answer(received: Received, connection: string): Answer | undefined {
    const { message } = received;
    const rule = this.#rules.find(
      (one) => one.to === message.name && (one.connection ?? connection) === connection,
    );
    if (!rule) {
      const body = usualAnswer(message, this.#options.identity);
      return body && { body };
    }
    if (rule.times !== undefined) {
      rule.times -= 1;
      if (rule.times <= 0) this.#rules = this.#rules.filter((one) => one !== rule);
    }
    return rule.answer(received);
  }
}

/** A device on this host may dial from any of its loopback addresses. */
function isSameHost(from: string, device: string): boolean {
  const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';
  return from === plainAddress(device) || (isLoopback(from) && isLoopback(plainAddress(device)));
}

function whyNot({ port, portName }: ListenerOptions, error: NodeJS.ErrnoException): string {
  const where = `the NCS's own ${portName} port ${port}`;
  if (error.code === 'EADDRINUSE') return `${where} is taken by another program on this machine`;
  if (error.code === 'EACCES') return `to listen on ${where} needs a privilege that this user lacks`;
  return `nothing can listen on ${where} (${error.code ?? error.message})`;
}
