/**
 * What `expect: { check: .., on: .. }` can say of a received message. Each name stands for one check of
 * `src/checks`.
 */
export const CHECKS = [
  'ids',
  'envelope-order',
  'one-message',
  'echo',
  'answer-type',
  'within-minute',
  'in-time',
  'acknowledgement',
  'reason',
  'not-as-unknown',
  'heartbeat-time',
  'heartbeat-plain',
  'machine-info',
  'machine-times',
  'machine-values',
  'profile-blocks',
  'profile-answers',
  'profile-minimum',
  'profile-dependencies',
  'active-x-modes',
  'declared-revision',
  'declared-profiles',
  'declared-ports',
  'same-claim',
] as const;

/** The name of a check of one message. */
export type CheckName = (typeof CHECKS)[number];

/** What `expect: { own: .., on: .. }` can say of the requests that a device sends of its own accord. */
export const OWN_CHECKS = [
  'message-ids',
  'counting',
  'answers-are-left',
  'one-at-a-time',
  'regular',
] as const;

/** The name of a check of the device's own requests. */
export type OwnCheckName = (typeof OWN_CHECKS)[number];
