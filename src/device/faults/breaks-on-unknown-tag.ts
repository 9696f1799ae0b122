import { ELEMENTS } from '../../wire/tables.ts';
import type { MosElement } from '../../wire/types.ts';
import type { Fault } from '../behaviour.ts';

/** Drops messages with unknown tags. */
export const breaksOnUnknownTag: Fault = {
  name: 'breaks-on-unknown-tag',
  title: 'Drops messages with unknown tags',
  description: 'The device drops a message that holds, below the message element, a tag it does not know.',
  breaks: 'Newsrooms that add tags of their own, or are of a later revision, get no answer.',
  behave: () => ({
    message(_connection, message, next, ignore) {
      if (message.body?.children.some(holdsUnknown)) ignore();
      else next();
    },
  }),
};

function holdsUnknown(element: MosElement): boolean {
  return !ELEMENTS.has(element.name) || element.children.some(holdsUnknown);
}
