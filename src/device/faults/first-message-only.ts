import type { Fault } from '../behaviour.ts';

/** Handles only the first message of a segment. */
export const firstMessageOnly: Fault = {
  name: 'first-message-only',
  title: 'Handles only the first message of a segment',
  description: 'Of several messages that one read delivers, the device handles the first and loses the rest.',
  breaks: 'Messages that follow each other quickly are lost without a trace.',
  behave: () => ({ framed: (_connection, frames) => frames.slice(0, 1) }),
};
