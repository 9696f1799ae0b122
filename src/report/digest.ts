import type { TestRecord, TestResult } from '../results/results.ts';
import { failureEvidence } from './certificate/failure-evidence.ts';
import type { Markup } from './html.ts';
import { groupFindings, type FindingGroup } from './messages.ts';
import { mochawesomeContexts, type MochawesomeContext } from './mochawesome.ts';

/** What reports need of a test that is over. Its facts, which may be very many, are needed no more. */
export interface TestDigest {
  result: TestResult;
  /** The findings about messages that came from the device. */
  findings: FindingGroup[];
  /** What the drill-down shows with it. */
  contexts: MochawesomeContext[];
  /** What the certificate shows of it, where it failed: what happened on the wire and at both ends. */
  evidence?: Markup;
}

/** Takes out of a test's facts what the reports will need. */
export function digestOf(record: TestRecord): TestDigest {
  const received = record.facts.filter((fact) => fact.kind === 'message' && fact.direction === 'received');
  return {
    result: record.result,
    findings: groupFindings(received),
    contexts: mochawesomeContexts(record),
    ...(record.result.verdict === 'fail' && { evidence: failureEvidence(record) }),
  };
}
