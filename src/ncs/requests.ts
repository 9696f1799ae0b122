import { expectsAnswer, isAnswerTo } from '../wire/answers.ts';
import { contentName } from '../wire/content-name.ts';
import { isMessageName } from '../wire/message-names.ts';
import type { DecodedMessage } from '../wire/types.ts';

/** A message of ours that may be answered. */
export interface Request {
  /** The name the suite gave it, or its messageID. */
  label: string;
  /** The message element's name. */
  name: string;
  /** Its messageID as a number; absent where it was sent without one, or with one that is no number. */
  messageNumber?: number;
  /** As it was written; absent where it was sent without one. */
  messageID?: string;
  /** When its last byte was handed to the descriptor, on the history's clock. */
  sentUs: number;
  /** The answers that came, in order of arrival. */
  answers: Received[];
  /** A heartbeat without its messageID that came while it waited: its answer, or one of the device's own. */
  perhaps?: Received;
  /** It was sent in pieces, and the device may have found several of them in one read. */
  unseparated?: true;
}

/**
 * What is known of the heartbeats of a device: nothing; that answers carry the messageID of their request, so that any
 * other one may be its own; that it sends its own and answers none.
 */
export type Heartbeats = 'unknown' | 'echo' | 'own';

/** A message that came in. */
export interface Received {
  message: DecodedMessage;
  us: number;
  /** The request that it answers, if it answers one. */
  request?: Request;
}

/**
 * The requests of one connection, oldest first. A reply belongs to the request with its messageID, the newest of them
 * where one was sent again; a reply without one (legal before 2.8.1, and common after), with another, or with that of a
 * request that was answered before, belongs to the oldest request that still waits for a message of its name, else to
 * the oldest that still waits at all. Whether such a reply repeats an earlier one or carries a wrong messageID, only
 * what follows it shows: then the request that it was given to has one answer too many, or none other.
 */
export class RequestLedger {
  readonly requests: Request[] = [];
  readonly #heartbeats: Heartbeats;

  constructor(heartbeats: Heartbeats = 'unknown') {
    this.#heartbeats = heartbeats;
  }

  /** Whether a heartbeat without the messageID of a request is known to be the device's own. */
  get tellsOwn(): boolean {
    return this.#heartbeats !== 'unknown';
  }

  add(request: Request): void {
    this.requests.push(request);
  }

  /** Requests that nothing has answered yet. */
  get unanswered(): Request[] {
    return this.requests.filter((request) => request.answers.length === 0);
  }

  /** Finds the request that `received` answers, enters the answer there and returns it. */
  settle(received: Received): Request | undefined {
    const request = this.#find(received.message);
    if (!request) return undefined;
    if (this.#mayBeOwn(received.message, request)) {
      if (this.#heartbeats === 'echo') request.perhaps ??= received;
      return undefined;
    }
    return this.#enter(request, received);
  }

  /** Takes a heartbeat that may be the device's own for the answer after all, because no better one has come. */
  takePerhaps(request: Request): void {
    const { perhaps } = request;
    delete request.perhaps;
    if (perhaps && request.answers.length === 0) this.#enter(request, perhaps);
  }

  #enter(request: Request, received: Received): Request {
    request.answers.push(received);
    received.request = request;
    return request;
  }

  #mayBeOwn(message: DecodedMessage, { messageNumber }: Request): boolean {
    if (this.#heartbeats === 'unknown' || messageNumber === undefined) return false;
    return contentName(message) === 'heartbeat' && message.messageNumber !== messageNumber;
  }

  #find(message: DecodedMessage): Request | undefined {
    const number = message.messageNumber;
    const named =
      number === undefined
        ? undefined
        : this.requests.findLast((request) => request.messageNumber === number);
    if (named?.answers.length === 0) return named;
    const waiting = this.unanswered;
    const name = contentName(message);
    const asked = waiting.find((request) => isAnswerTo(request.name, name) === 'answer');
    if (asked) return asked;
    if (named) return waiting.find((request) => isAnswerTo(request.name, name) === 'refusal') ?? named;
    // What asks for an answer itself, and answers nothing that waits, is a request of the device's own.
    const own =
      expectsAnswer(name) && name !== 'heartbeat' && waiting.every((one) => isMessageName(one.name));
    return own ? undefined : waiting[0];
  }
}
