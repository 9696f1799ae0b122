import { html, type Content, type Markup } from '../html.ts';

/** One column: what heads it, and how its cells are set. */
export interface Column {
  head: string;
  /** `number` stands to the right, `keep` is not broken over lines, `wide` has the most to say. */
  set?: 'number' | 'keep' | 'wide';
}

/** One row of a table. */
export interface TableRow {
  cells: readonly Content[];
  /** Marked by a bar and bold type: what the device has to answer for. */
  bad?: boolean;
}

function setting(column: Column | undefined): Markup | string {
  return column?.set === undefined ? '' : html` class="${column.set}"`;
}

/** A table with a heading that is repeated on every printed page; rows are never torn. */
export function table(columns: readonly Column[], rows: readonly TableRow[]): Markup {
  const head = columns.map((column) => html`<th scope="col" ${setting(column)}>${column.head}</th>`);
  const body = rows.map(
    ({ cells, bad }) =>
      html`<tr${bad === true && html` class="bad"`}>${cells.map((cell, index) => html`<td${setting(columns[index])}>${cell}</td>`)}</tr>
`,
  );
  return html`<table>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table> `;
}

/** Names and values, one below the other; what has no value is left out. */
export function facts(entries: readonly (readonly [name: string, value: Content])[]): Markup {
  const rows = entries
    .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
    .map(
      ([name, value]) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${value}</td>
        </tr> `,
    );
  return html`<table class="facts">
    <tbody>
      ${rows}
    </tbody>
  </table> `;
}

/** A test and its ports: `REL-01@lower`, `REL-01@upper` and `REL-01@query` are `REL-01@lower/upper/query`. */
interface Ported {
  /** `REL-01@lower`, `upper`, `query`: what a line may be broken between. */
  parts: string[];
  many: number;
}

function byTest(tests: readonly string[]): Ported[] {
  const found = new Map<string, string[]>();
  for (const key of tests) {
    const at = key.indexOf('@');
    const id = at < 0 ? key : key.slice(0, at);
    found.set(id, [...(found.get(id) ?? []), at < 0 ? '' : key.slice(at + 1)]);
  }
  return [...found].map(([id, ports]) => {
    const [first, ...others] = ports.filter((port) => port !== '');
    return { parts: [first === undefined ? id : `${id}@${first}`, ...others], many: ports.length };
  });
}

/** A word that is not broken over lines, unless it is very long. */
export function unbroken(word: string): Content {
  return word.length <= 28 ? html`<span class="key">${word}</span>` : word;
}

/** Keys of tests for a cell, `most` tests at the most. */
export function keys(tests: readonly string[], most = 12): Markup {
  const all = byTest(tests);
  const last = Math.min(all.length, most) - 1;
  const shown = all.slice(0, most).map(({ parts }, index) => {
    const [first = '', ...others] = parts;
    const more = others.map((port) => html`/<wbr />${unbroken(port)}`);
    return html`${unbroken(first)}${more}${index < last ? ', ' : ''}`;
  });
  const more = all.slice(most).reduce((sum, { many }) => sum + many, 0);
  return html`${shown}${more > 0 && ` and ${more} more`}`;
}
