/**
 * How long these devices think about an answer, in ms: long enough for a FIN that follows the request without
 * waiting to arrive before it, short enough to slow nothing else down.
 */
export const SLOW_ANSWER = 30;
