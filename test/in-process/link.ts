import { Pipe, type PipeReader } from './pipe.ts';

/**
 * One end of a connection within this process, with the ways of ending that TCP has:
 *
 *     finish   FIN after what was written; the other direction stays
 *     close    FIN, or a reset where something was left unread; whatever comes later is answered with a reset
 *     reset    a reset at once
 */
export class End {
  readonly #in: Pipe;
  readonly #out: Pipe;
  #peer: End | undefined;
  #isClosed = false;

  private constructor(incoming: Pipe, outgoing: Pipe) {
    this.#in = incoming;
    this.#out = outgoing;
  }

  /** Two ends that belong together; neither reads before it is told to. */
  static pair(): [End, End] {
    const [there, back] = [new Pipe(), new Pipe()];
    const ends: [End, End] = [new End(back, there), new End(there, back)];
    [ends[0].#peer, ends[1].#peer] = [ends[1], ends[0]];
    return ends;
  }

  /** Bytes that were written and found no room on the way. */
  get unsent(): number {
    return this.#out.unsent;
  }

  /** Whether nothing can be done with this end any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  readBy(reader: PipeReader): void {
    this.#in.readBy(reader);
  }

  resume(): void {
    this.#in.resume();
  }

  pause(): void {
    this.#in.pause();
  }

  /** Writes; false where a reset that came is only now noticed, as a write finds out that was not read. */
  write(bytes: Buffer, taken: () => void): boolean {
    if (this.#in.isReset) return false;
    if (this.#peer?.isClosed) {
      process.nextTick(taken);
      this.#in.abort();
      return true;
    }
    this.#out.write(bytes, taken);
    return true;
  }

  finish(): void {
    this.#out.finish();
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#in.unread > 0) return this.reset();
    this.#out.finish();
    this.#shut();
  }

  reset(): void {
    if (this.#isClosed) return;
    this.#out.abort();
    this.#shut();
  }

  #shut(): void {
    this.#isClosed = true;
    this.#in.close();
  }
}
