import { encodeText } from '../../wire/encoding.ts';
import type { Encoding } from '../../wire/types.ts';
import { messageIdAfter } from '../message-ids.ts';

/** A request of one cycle, ready to be sent. */
export interface Ask {
  bytes: Buffer;
  /** The message element's name. */
  name: string;
  /** Its messageID as a number; absent where it is sent without one. */
  messageNumber: number | undefined;
}

/**
 * What the cycles of a churn ask: one message, whose messageID counts on from the first. Plain data, so that it can
 * be handed to another thread.
 */
export interface RequestSeries extends Ask {
  encoding: Encoding;
}

/** Makes the requests of a churn, one a cycle. */
export class Requests {
  readonly #series: RequestSeries;
  readonly #around: Around | undefined;
  #next: number | undefined;

  constructor(series: RequestSeries) {
    this.#series = series;
    this.#around = around(series);
    this.#next = series.messageNumber;
  }

  next(): Ask {
    const { name, encoding, bytes } = this.#series;
    const messageNumber = this.#next;
    if (messageNumber === undefined || !this.#around) {
      return { name, messageNumber, bytes: Buffer.from(bytes) };
    }
    this.#next = messageIdAfter(messageNumber);
    const { head, tail } = this.#around;
    const id = encodeText(String(messageNumber), encoding);
    return { name, messageNumber, bytes: Buffer.concat([head, id, tail]) };
  }
}

/** A message without its messageID. */
interface Around {
  head: Uint8Array;
  tail: Uint8Array;
}

/** Takes the messageID out; undefined where there is none that could count on. */
function around({ bytes, messageNumber, encoding }: RequestSeries): Around | undefined {
  if (messageNumber === undefined) return undefined;
  const message = Buffer.from(bytes);
  const tag = encodeText('<messageID>', encoding);
  const id = encodeText(String(messageNumber), encoding);
  const at = message.indexOf(Buffer.concat([tag, id]));
  if (at < 0) return undefined;
  const from = at + tag.length;
  return { head: message.subarray(0, from), tail: message.subarray(from + id.length) };
}
