/**
 * Says that a means could not look, in one sentence. Whoever asked has learned nothing: neither that a
 * socket is there nor that it is gone.
 */
export class ObserverBlind extends Error {
  override name = 'ObserverBlind';
}

/** One sentence about an error of any kind, for a reason in a report. */
export function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}
