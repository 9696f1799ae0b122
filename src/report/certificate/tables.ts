import { html, type Content, type Markup } from '../html.ts';

/** One column: what heads it, and how its cells are set. */
export interface Column {
  head: string;
  /** `number` stands to the right, `keep` is not broken over lines. */
  set?: 'number' | 'keep';
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

/** Keys of tests for a cell, at most `most` of them; a key is not broken over lines unless it is very long. */
export function keys(tests: readonly string[], most = 12): Markup {
  const shown = tests.slice(0, most).map((key, index) => {
    const comma = index + 1 < Math.min(tests.length, most) ? ', ' : '';
    return key.length <= 28 ? html`<span class="key">${key}</span>${comma}` : html`${key}${comma}`;
  });
  return html`${shown}${tests.length > most && ` and ${tests.length - most} more`}`;
}
