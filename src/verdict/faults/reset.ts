import type { FaultEntry } from './fault.ts';

/** Faults that a reset brings to light. */
export const RESET_FAULTS: readonly FaultEntry[] = [
  {
    id: 'exits-on-reset',
    title: 'ends when a connection is reset',
    explanation:
      'An unhandled connection error, or SIGPIPE on a write, ends the whole process. Every listener disappears and ' +
      'every other newsroom is cut off because one of them was switched off.',
    remedy: 'Catch the error where the connection is served and close only that connection; ignore SIGPIPE.',
    examples: 'survive-reset',
    requirements: ['SOCK-AB-01', 'SOCK-AB-02', 'SOCK-AB-03', 'SOCK-REL-06'],
  },
  {
    id: 'exits-on-abort-burst',
    title: 'ends or stops listening when many connections are reset at once',
    explanation:
      'Connections that are reset before they were accepted make accept fail (ECONNABORTED, WSAECONNRESET), or hand ' +
      'over sockets that fail on the first call. The device takes this to be an error of its listener and gives up.',
    remedy: 'Go on accepting after an error of accept, and let a failed socket end only itself.',
    examples: 'accept-loop',
    requirements: ['SOCK-AB-04'],
  },
  {
    id: 'descriptor-leak-on-reset',
    title: 'keeps the descriptor of a connection that was reset',
    explanation:
      'After a reset there is no socket in any table, but the application still holds the descriptor: netstat shows ' +
      'nothing while the process runs towards its limit. Then accept fails and no newsroom can connect any more.',
    remedy: 'Close the descriptor in the error path as well; a reset does not free it.',
    examples: 'survive-reset',
    requirements: ['SOCK-AB-06'],
  },
  {
    id: 'leak-per-abort',
    title: 'loses a thread, a timer or memory with every reset until it stalls',
    explanation:
      'What belongs to a connection is freed only after an orderly close. Every reset leaves a thread, a timer or a ' +
      'buffer behind; the device becomes slower with each of them and finally stands still.',
    remedy:
      'Free everything that belongs to a connection in one place that runs however the connection ended.',
    examples: 'survive-reset',
    requirements: ['SOCK-CH-03', 'SOCK-AB-05'],
  },
];
