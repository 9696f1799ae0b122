import { createHash } from 'node:crypto';
import type { TestRecord } from '../results/results.ts';
import { html, type Markup } from './html.ts';
import { chooseConnections } from './ladder/choose.ts';
import { drawConnection, type Piece } from './ladder/draw-connection.ts';
import { INK, SOFT, WIDTH } from './ladder/geometry.ts';
import type { Timeline } from './ladder/timeline.ts';

/** How much a ladder may show. */
export interface LadderOptions {
  /** Connections that are drawn; 8 unless told. */
  maxConnections?: number;
  /** Rows over all connections; 60 unless told. */
  maxRows?: number;
}

/** A connection is never drawn with fewer rows than this. */
const FEWEST_ROWS = 6;

/** Shares the rows out: nobody gets more than it has, what is left goes to the first that want more. */
function shareRows(timelines: readonly Timeline[], budget: number): number[] {
  const share = Math.max(FEWEST_ROWS, Math.floor(budget / Math.max(1, timelines.length)));
  const shares = timelines.map(({ rows }) => Math.min(rows.length, share));
  let left = budget - shares.reduce((sum, rows) => sum + rows, 0);
  return shares.map((rows, index) => {
    const more = Math.max(0, Math.min(left, (timelines[index]?.rows.length ?? 0) - rows));
    left -= more;
    return rows + more;
  });
}

function stack(pieces: readonly Piece[]): Piece {
  let height = 0;
  const placed = pieces.map((piece) => {
    const markup = html`<g transform="translate(0 ${height})">${piece.markup}</g> `;
    height += piece.height;
    return markup;
  });
  return { markup: html`${placed}`, height };
}

function line(text: string, bold: boolean): Piece {
  const markup = html`<text
    x="2"
    y="16"
    font-size="11"
    font-weight="${bold ? 700 : 400}"
    fill="${bold ? INK : SOFT}"
    >${text}</text
  >`;
  return { markup, height: 24 };
}

function legend(hatch: string): Piece {
  const markup = html`<g font-size="9.5" fill="${SOFT}"
    ><rect x="2" y="6" width="20" height="11" fill="#edf2f7" stroke="${INK}" /><text x="27" y="15"
      >observed</text
    >
    <rect
      x="84"
      y="6"
      width="20"
      height="11"
      fill="url(#${hatch})"
      stroke="${INK}"
      stroke-dasharray="5 3"
    /><text x="109" y="15">inferred</text>
    <path d="M 158 11.5 h 24" stroke="${INK}" stroke-width="1.2" stroke-dasharray="6 4" /><text x="187" y="15"
      >inferred, not seen</text
    >
    <rect x="281" y="6" width="20" height="11" fill="#e3c9b8" stroke="${INK}" stroke-width="2.4" /><text
      x="306"
      y="15"
      >should be gone</text
    >
    <text x="384" y="15">Times since the start of the test; not to scale, long waits torn out.</text></g
  >`;
  return { markup, height: 24 };
}

function described(record: TestRecord): string {
  const connections = record.result.connections
    .map(({ name, outcome }) => `${name}: ${outcome}`)
    .slice(0, 20);
  return `Ladder diagram of ${record.result.key}, ${record.result.title}. ${connections.join('; ')}`;
}

function document(record: TestRecord, piece: Piece, hatch: string): Markup {
  const height = Math.ceil(piece.height);
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    role="img"
    font-family="Helvetica, Arial, 'Liberation Sans', sans-serif"
  >
    <title>${described(record)}</title>
    <defs>
      <pattern id="${hatch}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="#fff" />
        <path d="M 0 0 V 6" stroke="#a9b2bb" stroke-width="1.6" />
      </pattern>
    </defs>
    <rect width="${WIDTH}" height="${height}" fill="#fff" />
    ${piece.markup}
  </svg>`;
}

/**
 * A test as an SVG ladder (time-sequence) diagram: for each connection our end on the left and the device's on the
 * right, states as boxes along them, what crossed the wire as arrows between them, time downwards. Observed and
 * inferred differ by line and hatching, so it reads in grey. It is bounded in size and has no script; what a device
 * sent is inert in it.
 */
export function ladderSvg(record: TestRecord, options: LadderOptions = {}): string {
  const choice = chooseConnections(record, options.maxConnections ?? 8);
  const hatch = `inferred-${createHash('sha256').update(record.result.key).digest('hex').slice(0, 12)}`;
  const shares = shareRows(choice.shown, options.maxRows ?? 60);
  const pieces = choice.shown.map((timeline, index) =>
    drawConnection(timeline, shares[index] ?? FEWEST_ROWS, hatch),
  );
  if (pieces.length === 0) pieces.push(line('This test recorded nothing on any connection.', false));
  if (choice.others !== undefined) pieces.push(line(choice.others, true));
  pieces.push(legend(hatch));
  return document(record, stack(pieces), hatch).text;
}
