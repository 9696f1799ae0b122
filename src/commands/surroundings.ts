/** Where a command writes; tests give their own. */
export interface Surroundings {
  /** Takes one line of the result. */
  out: (line: string) => void;
}

/** The result goes to standard output. */
export const STANDARD: Surroundings = { out: (line) => process.stdout.write(`${line}\n`) };
