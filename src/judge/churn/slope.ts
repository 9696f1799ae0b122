/** How the number of sockets left behind grows with the number of connections. */
export interface Slope {
  /** Sockets left behind per connection, by linear regression. */
  perConnection: number;
  /** Bounds of the confidence interval. */
  lower: number;
  upper: number;
  /** Tenths of the run in which at least one was left behind. */
  tenths: number;
  /** Whether it grows: the whole interval is above zero, and it was no single event. */
  grows: boolean;
  /** For a run that left nothing behind: a leak of one in so many connections would have shown. */
  wouldShow: number;
}

/** Points of the regression. */
const POINTS = 20;

/** Tenths in which something must have been left before it counts as growth. */
const LEAST_TENTHS = 2;

/**
 * Fits a line to the sockets left behind (cumulated) over the connections opened.
 * @param leftAt the numbers of the connections that were left behind, counted from 1
 * @param connections how many there were
 * @param level the probability, say 0.05, with which the interval may miss the slope
 */
export function slopeOf(leftAt: readonly number[], connections: number, level: number): Slope {
  const points = Array.from({ length: POINTS }, (_, index) => {
    const x = (connections * (index + 1)) / POINTS;
    return { x, y: leftAt.filter((number) => number <= x).length };
  });
  const { slope, error } = leastSquares(points);
  const margin = studentQuantile(1 - level / 2, POINTS - 2) * error;
  const tenths = new Set(leftAt.map((number) => Math.ceil((10 * number) / Math.max(1, connections)))).size;
  return {
    perConnection: slope,
    lower: slope - margin,
    upper: slope + margin,
    tenths,
    grows: slope - margin > 0 && tenths >= LEAST_TENTHS,
    wouldShow: Math.max(1, Math.floor(connections / -Math.log(level))),
  };
}

function leastSquares(points: readonly { x: number; y: number }[]): { slope: number; error: number } {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const sxx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const sxy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  if (sxx === 0) return { slope: 0, error: 0 };
  const slope = sxy / sxx;
  const residuals = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(residuals / (n - 2) / sxx) };
}

/** The quantile of Student's distribution by Cornish and Fisher's expansion; good to 1 % from 5 degrees on. */
function studentQuantile(probability: number, degrees: number): number {
  const z = normalQuantile(probability);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}

/** The quantile of the normal distribution (Abramowitz and Stegun 26.2.23, error below 0.00045). */
function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability);
  const t = Math.sqrt(-2 * Math.log(Math.max(tail, Number.MIN_VALUE)));
  const numerator = 2.515517 + 0.802853 * t + 0.010328 * t ** 2;
  const denominator = 1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3;
  const z = t - numerator / denominator;
  return probability >= 0.5 ? z : -z;
}
