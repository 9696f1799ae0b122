import { setTimeout as pause } from 'node:timers/promises';
import { formatUs, nowUs } from '../history/clock.ts';
import type { History } from '../history/history.ts';
import { encodeMessage } from '../wire/encode.ts';
import type { MosElement } from '../wire/types.ts';
import { serialize } from '../wire/xml.ts';
import type { Connection } from './connection.ts';
import type { Received } from './requests.ts';
import type { NcsIdentity } from './usual-answers.ts';

/** How often the same message may come again before it is no longer answered: a loop is cut. */
const MOST_REPEATS = 3;

/** Most characters of a message of ours that the history keeps. */
const TEXT_LIMIT = 4_000;

/** What is said to a message of the device, and after how many ms. */
export interface Answer {
  body: MosElement;
  delayMs?: number;
}

/** How what a device asks is answered. */
export interface AnsweringOptions {
  identity: NcsIdentity;
  /** The answer to a message that answers nothing of ours; nothing where it is left unanswered. */
  answer(received: Received): Answer | undefined;
}

/**
 * The newsroom's answers to what the device asks of its own accord on one connection, whoever opened it. Where the
 * device answers these answers in turn, it is no longer answered after a few rounds, and a note says how fast they went.
 */
export class Answering {
  readonly #connection: Connection;
  readonly #history: History;
  readonly #options: AnsweringOptions;
  /** The last message by its name and messageID, when it came first, and how often it came again. */
  #last: string | undefined;
  #sinceUs = 0;
  #repeats = 0;

  constructor(connection: Connection, history: History, options: AnsweringOptions) {
    this.#connection = connection;
    this.#history = history;
    this.#options = options;
  }

  /** Answers a message of the device, if an answer is due. */
  async take(received: Received): Promise<void> {
    if (this.#isLoop(received) || received.request !== undefined) return;
    const answer = this.#options.answer(received);
    if (!answer) return;
    if (answer.delayMs !== undefined) await pause(answer.delayMs, undefined, { ref: false });
    await this.#send(answer.body, received);
  }

  /** Whether the device answers our answers, which would go on for ever if we answered those. */
  #isLoop({ message: { messageID, name } }: Received): boolean {
    const key = messageID === undefined ? undefined : `${name} ${messageID}`;
    const isAgain = key !== undefined && key === this.#last;
    this.#repeats = isAgain ? this.#repeats + 1 : 0;
    this.#last = key;
    if (!isAgain) this.#sinceUs = nowUs();
    if (this.#repeats === MOST_REPEATS) {
      const times = `${MOST_REPEATS + 1} times in ${formatUs(nowUs() - this.#sinceUs)}`;
      const text = `${name} with messageID ${messageID} came ${times}; it is no longer answered`;
      this.#history.record({ kind: 'note', connection: this.#connection.name, about: 'device', text });
    }
    return this.#repeats >= MOST_REPEATS;
  }

  async #send(body: MosElement, { message }: Received): Promise<void> {
    if (!this.#connection.writable) return;
    const { mosId, ncsId } = this.#options.identity;
    const { messageID, encoding } = message;
    const bytes = encodeMessage(
      { mosID: mosId, ncsID: ncsId, ...(messageID !== undefined && { messageID }), body },
      encoding,
    );
    this.#history.record({
      kind: 'message',
      connection: this.#connection.name,
      direction: 'sent',
      name: body.name,
      bytes: bytes.length,
      encoding,
      text: serialize(body).slice(0, TEXT_LIMIT),
      ...(messageID !== undefined && { messageID, answers: messageID }),
    });
    await this.#connection.send(bytes);
  }
}
