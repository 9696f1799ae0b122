import type { MosElement } from '../../wire/types.ts';

/** Whether a missing element stands there in wrong capitals: it is not missing, and its spelling is judged elsewhere. */
export function isMisspelt(problem: string, body: MosElement | undefined): boolean {
  const missing = / lacks the required (\w+)$/.exec(problem)?.[1]?.toLowerCase();
  return body?.children.some(({ name }) => name.toLowerCase() === missing) ?? false;
}
