/** Words longer than this are compared by their beginnings only, so that hostile input costs nothing. */
const LONGEST = 60;

/**
 * The one of `candidates` that a person most likely meant by `word`; undefined where none is close. Case
 * counts for nothing; at most a third of the letters may differ, and never all of them.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const edits = editDistance(comparable(word), comparable(candidate));
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  if (best === undefined) return undefined;
  const shorter = Math.min(word.length, best.length);
  return fewest < shorter && fewest <= Math.max(1, Math.floor(shorter / 3)) ? best : undefined;
}

/** `; did you mean "message"?`, or nothing where no candidate is close. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = closest(word, candidates);
  return meant === undefined || meant === word ? '' : `; did you mean "${meant}"?`;
}

/**
 * How many letters must be put in, taken out, exchanged or swapped with their neighbour to turn one word
 * into the other (Damerau and Levenshtein, adjacent swaps once).
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const exchange = at(last, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      let edits = Math.min(exchange, at(last, column) + 1, at(line, column - 1) + 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1);
      line.push(edits);
    }
    beforeLast = last;
    last = line;
  }
  return at(last, to.length);
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? 0;
}

function comparable(word: string): string {
  return word.slice(0, LONGEST).toLowerCase();
}
