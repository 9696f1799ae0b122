import type { Vantage } from '../../history/facts.ts';
import { stateName } from '../end-states.ts';
import { html, type Markup } from '../html.ts';
import { fitText } from '../measure.ts';
import { moment } from '../format.ts';
import { BAND_WIDTH, BAND_X, INK, SOFT } from './geometry.ts';
import type { Band } from './layout.ts';

const OPEN_STATES = new Set(['LISTEN', 'SYN_SENT', 'SYN_RECV', 'ESTABLISHED']);

function fillOf(band: Band, stuck: boolean, hatch: string): string {
  if (band.state.evidence === 'inferred') return `url(#${hatch})`;
  if (stuck) return '#e3c9b8';
  return OPEN_STATES.has(band.state.state) ? '#edf2f7' : '#f7efdc';
}

function words(band: Band): string {
  const since =
    band.state.sinceUs < band.us
      ? ` (changed between ${moment(band.state.sinceUs)} and ${moment(band.us)})`
      : '';
  return `${band.state.state}, ${`${band.state.evidence} ${band.state.how}`.trim()}, since ${moment(band.us)}${since}`;
}

function lines(band: Band, stuck: boolean): { y: number; text: string; bold: boolean }[] {
  const height = band.bottom - band.top;
  const { how, evidence } = band.state;
  const apart = evidence === 'inferred' && how !== '' && height >= 44;
  const known = apart ? [evidence, how] : [`${evidence} ${how}`.trim()];
  const below = known.map((text, index) => ({ y: band.top + 26 + 11 * index, text, bold: false }));
  if (stuck && height >= (apart ? 64 : 48))
    below.push({ y: band.bottom - 9, text: 'still there at the end', bold: true });
  return height >= 28 ? below : [];
}

function label(band: Band, centre: number, stuck: boolean): Markup {
  return html`<g
    paint-order="stroke"
    stroke="#fff"
    stroke-width="3"
    stroke-linejoin="round"
    text-anchor="middle"
    fill="${INK}"
  >
    <text x="${centre}" y="${band.top + 14}" font-size="11" font-weight="700">
      ${fitText(stateName(band.state), BAND_WIDTH - 6, 10.5)}
    </text>
    ${lines(band, stuck).map(
      ({ y, text, bold }) =>
        html`<text x="${centre}" y="${y}" font-size="9" font-weight="${bold ? 700 : 400}">
          ${fitText(text, BAND_WIDTH - 6, 8.6)}
        </text>`,
    )}
  </g>`;
}

/**
 * One state as a box along its lifeline: a solid frame for what was observed, a dashed one with hatching for what
 * was inferred, a heavy one for a state that should have gone; no box where there is no socket.
 */
export function drawBand(band: Band, stuck: boolean, hatch: string): Markup {
  const x = BAND_X[band.vantage];
  const centre = x + BAND_WIDTH / 2;
  const top = band.top + 1;
  const height = Math.max(2, band.bottom - band.top - 2);
  const dash = band.state.evidence === 'inferred' ? html` stroke-dasharray="5 3"` : '';
  const box =
    band.state.state === 'none'
      ? html`<line
          x1="${centre}"
          y1="${top}"
          x2="${centre}"
          y2="${band.bottom}"
          stroke="${SOFT}"
          stroke-width="1"
          stroke-dasharray="1 3"
        />`
      : html`<rect
          x="${x}"
          y="${top}"
          width="${BAND_WIDTH}"
          height="${height}"
          rx="2"
          fill="${fillOf(band, stuck, hatch)}"
          stroke="${INK}"
          stroke-width="${stuck ? 2.4 : 1}"
          ${dash}
        />`;
  return html`<g><title>${words(band)}</title>${box}${label(band, centre, stuck)}</g> `;
}

/** The line of an end about which nothing is known, from the top down to `until`. */
export function drawLifeline(vantage: Vantage, until: number, text: string | undefined): Markup {
  const x = BAND_X[vantage] + BAND_WIDTH / 2;
  return html`<line
      x1="${x}"
      y1="0"
      x2="${x}"
      y2="${until}"
      stroke="${SOFT}"
      stroke-width="1"
      stroke-dasharray="1 3"
    />${
      text !== undefined &&
      html`<text
        x="${x}"
        y="14"
        font-size="9.5"
        font-style="italic"
        text-anchor="middle"
        fill="${SOFT}"
        paint-order="stroke"
        stroke="#fff"
        stroke-width="3"
        >${text}</text
      >`
    } `;
}
