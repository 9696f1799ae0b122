/** Of several connections, how many a clause is true of; the clause alone where there is one connection only. */
export function ofConnections(share: { count: number; of: number } | undefined, clause: string): string {
  if (!share) return clause;
  const { count, of } = share;
  return `${count === of ? `all ${of}` : `${count} of ${of}`} connections: ${clause}`;
}

/** How far the tries came in which a message was split at one place of a kind after the other. */
export function splitsTried(tried: { answered: number; places: number; kind: string | undefined }): string {
  return `${tried.answered} of ${tried.places} places ${tried.kind} were tried and answered`;
}
