import { html, type Markup } from '../html.ts';
import { fitText, textWidth } from '../measure.ts';
import { INK, LANE, SOFT, WIDTH } from './geometry.ts';
import { STRIP_HEIGHT, type Strip } from './layout.ts';
import type { Mark } from './rows.ts';

type Arrow = Extract<Mark, { kind: 'arrow' }>;

const CENTRE = (LANE.left + LANE.right) / 2;
const LANE_TEXT = LANE.right - LANE.left - 24;

function head(carries: Arrow['carries'], x: number, y: number, way: 1 | -1): Markup {
  const arrow = html`<path d="M ${x} ${y} l ${-9 * way} -4.5 l 0 9 z" fill="${INK}" />`;
  if (carries === 'fin')
    return html`${arrow}<path d="M ${x - 13 * way} ${y - 6} v 12" stroke="${INK}" stroke-width="2" />`;
  if (carries === 'rst')
    return html`<path
      d="M ${x - 11 * way} ${y - 5} l ${10 * way} 10 m 0 -10 l ${-10 * way} 10"
      stroke="${INK}"
      stroke-width="2"
    />`;
  return arrow;
}

function drawArrow(mark: Arrow, top: number): Markup {
  const way = mark.toward === 'device' ? 1 : -1;
  const [from, to] = way === 1 ? [LANE.left + 2, LANE.right - 2] : [LANE.right - 2, LANE.left + 2];
  const text = mark.act === undefined ? mark.label : `${mark.label} (${mark.act})`;
  const heavy = mark.carries === 'bytes' || mark.carries === 'syn' ? 400 : 700;
  const dash = mark.evidence === 'inferred' ? html` stroke-dasharray="6 4"` : '';
  return html`<g
    ><title>${text}, ${mark.evidence}</title>
    <text
      x="${CENTRE}"
      y="${top + 15}"
      font-size="11"
      font-weight="${heavy}"
      text-anchor="middle"
      fill="${INK}"
      >${fitText(text, LANE_TEXT, heavy === 700 ? 11.6 : 11)}</text
    >
    <line
      x1="${from}"
      y1="${top + 21}"
      x2="${to - 2 * way}"
      y2="${top + 29}"
      stroke="${INK}"
      stroke-width="1.2"
      ${dash}
    />${head(mark.carries, to, top + 29, way)}</g
  > `;
}

function drawMissing(text: string, top: number): Markup {
  const fitted = fitText(text, LANE_TEXT - 40, 11.6);
  const half = Math.min(LANE_TEXT, textWidth(fitted, 11.6) + 26) / 2;
  return html`<g
    ><title>${text}</title
    ><rect
      x="${CENTRE - half}"
      y="${top + 3}"
      width="${half * 2}"
      height="19"
      rx="9.5"
      fill="#fff"
      stroke="${INK}"
      stroke-width="1.6"
    />
    <path d="M ${CENTRE - half + 9} ${top + 9} l 7 7 m 0 -7 l -7 7" stroke="${INK}" stroke-width="2" />
    <text
      x="${CENTRE + 8}"
      y="${top + 16.5}"
      font-size="11"
      font-weight="700"
      text-anchor="middle"
      fill="${INK}"
      >${fitted}</text
    ></g
  > `;
}

/** What the lane shows in one row. */
export function drawMark(mark: Mark, top: number): Markup {
  if (mark.kind === 'arrow') return drawArrow(mark, top);
  if (mark.kind === 'missing') return drawMissing(mark.text, top);
  if (mark.kind === 'note') {
    return html`<text
      x="${CENTRE}"
      y="${top + 15}"
      font-size="10.5"
      font-style="italic"
      text-anchor="middle"
      fill="${SOFT}"
      ><title>${mark.text}</title>${fitText(mark.text, LANE_TEXT, 10.5)}</text
    > `;
  }
  return html`<g
    ><title>${mark.text}</title><path d="M ${LANE.left + 6} ${top + 7} l 7 4.5 l -7 4.5 z" fill="${INK}" />
    <text x="${LANE.left + 18}" y="${top + 15}" font-size="11" fill="${INK}"
      >${fitText(mark.text, LANE_TEXT - 10, 11)}</text
    ></g
  > `;
}

function tear(y: number): string {
  const step = 10;
  const points: string[] = [];
  for (let x = 66, up = false; x <= WIDTH; x += step, up = !up) points.push(`${x},${y + (up ? -2 : 2)}`);
  return points.join(' ');
}

/** A torn strip with its text, drawn over both lifelines. */
export function drawStrip(strip: Strip): Markup {
  const top = strip.top + 3;
  const bottom = strip.top + STRIP_HEIGHT - 3;
  return html`<rect x="66" y="${top}" width="${WIDTH - 66}" height="${bottom - top}" fill="#fff" />
    <polyline points="${tear(top)}" fill="none" stroke="${SOFT}" stroke-width="0.9" /><polyline
      points="${tear(bottom)}"
      fill="none"
      stroke="${SOFT}"
      stroke-width="0.9"
    />
    <text x="${CENTRE}" y="${strip.top + 15.5}" font-size="10" text-anchor="middle" fill="${SOFT}"
      >${strip.text}</text
    > `;
}
