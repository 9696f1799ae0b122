import { Writable } from 'node:stream';

/** A stream that keeps what is written to it, a terminal if told so. */
export class Kept extends Writable {
  text = '';
  isTTY: boolean;
  columns = 60;

  constructor(isTTY = false) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
