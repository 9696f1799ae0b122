/** What a churn is judged by. */
export const CHURN_CHECKS = ['answered', 'released', 'slope', 'latency', 'beside'] as const;

/** One of them. */
export type ChurnCheck = (typeof CHURN_CHECKS)[number];
