import { isAnswerTo } from '../../wire/answers.ts';
import { decodeFrame } from '../../wire/decode.ts';
import type { Frame } from '../../wire/types.ts';
import type { Cycle } from './cycle.ts';

/** Answers that must have carried the messageID of their request before one that does not counts as astray. */
const TRUST_IN_IDS = 3;

/** Knows which requests wait for an answer, and whose answer a message is. */
export class Correspondence {
  readonly #waiting = new Map<number, Cycle>();
  #echoed = 0;

  /** The request of this cycle is on its way. */
  expect(cycle: Cycle): void {
    const number = cycle.asked?.messageNumber;
    if (number !== undefined) this.#waiting.set(number, cycle);
  }

  /** No answer is awaited any more. */
  forget(cycle: Cycle): void {
    const number = cycle.asked?.messageNumber;
    if (number !== undefined && this.#waiting.get(number) === cycle) this.#waiting.delete(number);
  }

  /** The request of this cycle came back with its messageID; false where its answer is not awaited any more. */
  echoed({ concluded }: Cycle): boolean {
    this.#echoed += 1;
    return !concluded;
  }

  /**
   * The cycle whose request a message answers that came on the connection of `carrier`; undefined for a message
   * that is no answer. Any answer counts, a refusal, a wrong or missing messageID and an unreadable one too; it
   * counts for another cycle only where the device has shown that it returns messageIDs.
   */
  answeredBy(frame: Frame, carrier: Cycle): Cycle | undefined {
    const { asked } = carrier;
    if (!asked) return undefined;
    const { name, messageNumber: number } = decodeFrame(frame);
    if (number !== undefined && number === asked.messageNumber) this.#echoed += 1;
    else if (number !== undefined && this.#echoed >= TRUST_IN_IDS) {
      const owner = this.#waiting.get(number);
      if (owner) return owner;
    }
    if (carrier.concluded) return undefined;
    if (number === undefined || number === asked.messageNumber) return carrier;
    return name === 'unreadable' || isAnswerTo(asked.name, name) !== 'other' ? carrier : undefined;
  }
}
