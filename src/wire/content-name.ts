import type { DecodedMessage } from './types.ts';

/** The message that a text means to be, also where it is not well formed or breaks off; `unreadable` without any. */
export function contentName({ name, body }: DecodedMessage): string {
  return name === 'unreadable' && body ? body.name : name;
}
