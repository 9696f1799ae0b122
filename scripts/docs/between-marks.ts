/**
 * A page with what stands between the two marks of this name written anew; the rest of it is written by hand.
 * @param by the command that writes it
 * @throws Error where the page has lost its marks
 */
export function betweenMarks(
  page: string,
  { name, by, text }: { name: string; by: string; text: string },
): string {
  const [start, end] = [`<!-- ${name}: written by "${by}" -->`, `<!-- end of ${name} -->`];
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`the page has lost its mark "${name}"`);
  return `${page.slice(0, before)}${start}\n\n${text}\n\n${page.slice(after)}`;
}
