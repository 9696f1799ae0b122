import type { Sentences } from './telling.ts';

/** What is said of ports that cannot be reached, or no longer serve. */
export const OPENING: Sentences<
  'refused' | 'unreachable' | 'no-handshake' | 'reset-on-open' | 'not-serving' | 'device-lost' | 'no-listener'
> = {
  refused: ({ quote }) => quote ?? 'the connection is refused',
  unreachable: ({ quote }) => quote ?? 'the host cannot be reached',
  'no-handshake': ({ quote }) => quote ?? 'the connection was not completed',
  'reset-on-open': ({ quote }) => quote ?? 'the connection was reset while it was opened',
  'not-serving': ({ port, cause }, tell) => `the ${port} port no longer serves: ${tell(cause)}`,
  'device-lost': ({ port, cause }, tell) => `device lost: the ${port} port no longer serves: ${tell(cause)}`,
  'no-listener': () => 'no listener is there',
};
