import type { Vantage } from '../../history/facts.ts';

/** The width of a ladder in px; its height follows from what it shows. */
export const WIDTH = 680;

/** The width of a state's box. */
export const BAND_WIDTH = 132;

/** Where the boxes of each end begin. */
export const BAND_X: Readonly<Record<Vantage, number>> = { ncs: 72, device: WIDTH - BAND_WIDTH - 2 };

/** The lane between both ends, where the arrows are. */
export const LANE = { left: BAND_X.ncs + BAND_WIDTH, right: BAND_X.device };

/** The colour of lines and text, and of what matters less; both readable in print. */
export const INK = '#16202a';
export const SOFT = '#56606b';
