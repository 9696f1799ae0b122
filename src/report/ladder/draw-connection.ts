import { VANTAGES } from '../../history/facts.ts';
import { html, type Markup } from '../html.ts';
import { moment } from '../format.ts';
import { fitText } from '../measure.ts';
import { drawBand, drawLifeline } from './draw-bands.ts';
import { drawMark, drawStrip } from './draw-marks.ts';
import { BAND_WIDTH, BAND_X, INK, SOFT, WIDTH } from './geometry.ts';
import { layOut, type Layout } from './layout.ts';
import type { Timeline } from './timeline.ts';
import { VANTAGE_NAMES } from './vantages.ts';

/** A piece of a drawing and the height in px that it takes. */
export interface Piece {
  markup: Markup;
  height: number;
}

const HEAD = 62;

function heading(timeline: Timeline): Markup {
  const { connection } = timeline;
  const title = timeline.name === '' ? 'the whole test' : timeline.name;
  const outcome = connection === undefined ? '' : `, ${connection.outcome}`;
  const tuple = [connection?.local, connection?.remote].filter((end) => end !== undefined);
  const way = connection?.direction === 'from device' ? ' ← ' : ' → ';
  const port = connection?.port === undefined ? '' : `, ${connection.port} port`;
  const dialled = connection?.direction === 'from device' ? ', dialled by the device' : '';
  return html`<text x="2" y="14" font-size="12.5" font-weight="700" fill="${INK}"
      >${fitText(`Connection ${title}${outcome}`, WIDTH - 10, 13.4)}</text
    >
    <text x="2" y="29" font-size="10" fill="${SOFT}"
      >${fitText(`${tuple.join(way)}${port}${dialled}`.replace(/^, /, ''), WIDTH - 10, 10)}</text
    >
    ${VANTAGES.map((vantage) => html`<rect x="${BAND_X[vantage]}" y="37" width="${BAND_WIDTH}" height="20" fill="${INK}" /><text x="${BAND_X[vantage] + BAND_WIDTH / 2}" y="51" font-size="11" font-weight="700" text-anchor="middle" fill="#fff">${VANTAGE_NAMES[vantage]}</text>`)} `;
}

function times(layout: Layout): Markup[] {
  let before = '';
  return layout.rows
    .filter((placed) => placed.height > 0)
    .map(({ row, top }) => {
      const text = moment(row.us);
      const again = text === before;
      before = text;
      return again
        ? html``
        : html`<text x="62" y="${top + 15}" font-size="10" text-anchor="end" fill="${SOFT}"
            >${fitText(text, 62, 10)}</text
          > `;
    });
}

/**
 * One connection as a ladder: our end on the left, the device's on the right, time downwards.
 * @param most rows at most
 * @param hatch the id of the pattern for inferred states
 */
export function drawConnection(timeline: Timeline, most: number, hatch: string): Piece {
  const layout = layOut(timeline.rows, most);
  const isStuck = timeline.connection?.outcome === 'never closed';
  const lifelines = VANTAGES.map((vantage) => {
    const first = layout.bands.find((band) => band.vantage === vantage);
    const text = first === undefined ? 'state not seen' : undefined;
    return drawLifeline(vantage, first?.top ?? layout.height, text);
  });
  const markup = html`${heading(timeline)}<g transform="translate(0 ${HEAD})">
      ${lifelines}${layout.bands.map((band) => drawBand(band, isStuck && band.last && band.state.state !== 'none', hatch))}${layout.rows
        .filter(({ height }) => height > 0)
        .map(
          ({ row, top }) => row.mark && drawMark(row.mark, top),
        )}${times(layout)}${layout.strips.map(drawStrip)}</g
    > `;
  return { markup, height: HEAD + layout.height + 8 };
}
