import type { z } from 'zod';

/** Something wrong with arguments whose values are each well-formed; `path` leads from the arguments. */
export interface Complaint {
  path: PropertyKey[];
  text: string;
}

/** A check of whole arguments, for schemas. */
export function complain<T extends object>(
  find: (written: T) => readonly Complaint[],
): (context: z.core.ParsePayload<T>) => void {
  return (context) => {
    for (const { path, text } of find(context.value)) {
      context.issues.push({ code: 'custom', message: text, path, input: context.value });
    }
  };
}

/** A complaint about the second of several keys of which only one can stand. */
export function atMostOne(keys: readonly string[], choices: readonly string[]): Complaint[] {
  const chosen = choices.filter((choice) => keys.includes(choice));
  const [, second] = chosen;
  if (second === undefined) return [];
  return [{ path: [second], text: `${chosen.map((key) => `"${key}"`).join(' and ')} cannot stand together` }];
}

/** A complaint where none of the keys stands, or several. */
export function exactlyOne(keys: readonly string[], choices: readonly string[], what: string): Complaint[] {
  if (choices.some((choice) => keys.includes(choice))) return atMostOne(keys, choices);
  return [{ path: [], text: `missing ${what}: one of ${choices.join(', ')}` }];
}
