import type { MosElement } from '../../wire/types.ts';
import type { Fault } from '../behaviour.ts';

/** Does not mind capitals. */
export const misspeltReply: Fault = {
  name: 'misspelt-reply',
  title: 'Does not mind capitals',
  description: 'The device begins the names of the elements inside its answers with a capital letter.',
  breaks: 'Newsrooms, for which names are case sensitive, do not find the elements.',
  behave: () => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      exchange.answer = { ...exchange.answer, body: { ...body, children: body.children.map(capitalised) } };
      next();
    },
  }),
};

function capitalised(element: MosElement): MosElement {
  const { name } = element;
  return { ...element, name: name.slice(0, 1).toUpperCase() + name.slice(1) };
}
