import { clip } from '../report/visible.ts';
import type { Paint } from '../report/terminal.ts';
import { meaningsOf, summaryOf, tableForPeople, type SocketGroup } from './watch-view.ts';

/** A terminal that a live view may take over. */
export interface Terminal {
  write: (text: string) => void;
  size: () => { columns: number; rows: number };
  /** Calls back whenever the size has changed; the result ends that. */
  onResize: (redraw: () => void) => () => void;
}

/** One look, as a live view shows it. */
export interface Picture {
  head: string;
  groups: readonly SocketGroup[];
  foot: string;
}

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** A live view on a screen of its own: what stood on the terminal comes back when it closes, with the last picture below. */
export class LiveScreen {
  readonly #terminal: Terminal;
  readonly #paint: Paint;
  readonly #forget: () => void;
  #last: Picture | undefined;
  #open = true;

  constructor(terminal: Terminal, paint: Paint) {
    this.#terminal = terminal;
    this.#paint = paint;
    terminal.write(ENTER);
    this.#forget = terminal.onResize(() => this.#draw());
  }

  /** Shows the next look in place of the last one. */
  show(picture: Picture): void {
    this.#last = picture;
    this.#draw();
  }

  /** Gives the terminal back; more than once is harmless. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#forget();
    this.#terminal.write(LEAVE);
    if (this.#last) this.#terminal.write(`${pictureLines(this.#last, this.#paint).join('\n')}\n`);
  }

  #draw(): void {
    if (!this.#open || !this.#last) return;
    const lines = pictureLines(this.#last, this.#paint, this.#terminal.size());
    this.#terminal.write(`${HOME}${lines.map((line) => line + CLEAR_LINE).join('\r\n')}${CLEAR_BELOW}`);
  }
}

/** The lines of a picture: all of them, or as many and as much of each as a terminal of that size shows. */
export function pictureLines(
  { head, groups, foot }: Picture,
  paint: Paint,
  size?: { columns: number; rows: number },
): string[] {
  const { columns, rows } = size ?? { columns: Infinity, rows: Infinity };
  const table = tableForPeople(groups, paint, columns);
  const meanings = meaningsOf(groups);
  const ends = [summaryOf(groups), ...(size ? [foot] : [])];
  const fits = 1 + 1 + table.length + 1 + meanings.length + ends.length <= rows;
  const under = [...(fits ? ['', ...meanings] : []), ...ends].map((line) => clip(line, columns));
  const over = [clip(head, columns), ...(fits ? [''] : [])];
  const room = Math.max(2, rows - over.length - under.length);
  const more = `… and ${table.length - room + 1} more, in a higher window`;
  const shown = table.length > room ? [...table.slice(0, room - 1), clip(more, columns)] : table;
  return [...over, ...shown, ...under].slice(0, size?.rows);
}
