import type { Kinds } from './kinds.ts';
import { didYouMean } from './similar.ts';

/** What a schema knows beyond the issue that zod reports. */
export interface IssueContext {
  /** Keys that would have been allowed where an unknown one stands. */
  allowed: readonly string[];
  /** What decides between alternatives, where something does. */
  kinds?: Kinds;
}

/** An issue as zod reports it with `reportInput`. */
export interface ReportedIssue {
  code: string;
  path: PropertyKey[];
  message: string;
  input?: unknown;
  expected?: string;
  keys?: string[];
  values?: unknown[];
  minimum?: number | bigint;
  maximum?: number | bigint;
  inclusive?: boolean;
  origin?: string;
  errors?: ReportedIssue[][];
  issues?: ReportedIssue[];
}

/** What is said about an issue, and where. */
export interface Explanation {
  path: PropertyKey[];
  which: 'key' | 'value';
  text: string;
}

const NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  array: 'a list',
  null: 'nothing',
};

/** The issue in plain words, one explanation for each thing that is wrong. */
export function explainIssue(issue: ReportedIssue, contexts: readonly IssueContext[]): Explanation[] {
  const numbered = /^#(\d+)$/.exec(issue.message);
  const context = numbered ? contexts[Number(numbered[1])] : undefined;
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, context);
  if (
    issue.input === undefined &&
    path.length > 0 &&
    typeof path.at(-1) === 'string' &&
    issue.code !== 'custom'
  ) {
    return [{ path: path.slice(0, -1), which: 'value', text: `missing key "${String(path.at(-1))}"` }];
  }
  if (!context) return [{ path, which: 'value', text: issue.message }];
  if (issue.code === 'invalid_union') return explainUnion(issue, contexts, context);
  if (issue.code === 'invalid_key') {
    const reason = issue.issues?.map((inner) => inner.message).find((message) => !message.startsWith('#'));
    return [{ path, which: 'key', text: reason ?? `"${String(path.at(-1))}" is not allowed as a key here` }];
  }
  return [{ path, which: 'value', text: describe(issue) }];
}

function unknownKeys(issue: ReportedIssue, context: IssueContext | undefined): Explanation[] {
  const present = isMap(issue.input) ? Object.keys(issue.input) : [];
  const { allowed = [], kinds } = context ?? {};
  const open = allowed.filter((key) => !present.includes(key));
  const deciding = present.filter((key) => kinds?.keys.includes(key));
  return (issue.keys ?? []).map((key) => ({
    path: [...issue.path, key],
    which: 'key',
    text:
      kinds && deciding.includes(key)
        ? notTogether(deciding, kinds.noun)
        : `unknown key "${key}"${didYouMean(key, open) || listed('known here', allowed)}`,
  }));
}

function explainUnion(
  issue: ReportedIssue,
  contexts: readonly IssueContext[],
  context: IssueContext,
): Explanation[] {
  const alternatives = issue.errors ?? [];
  if (context.kinds) return explainKinds(issue, contexts, context.kinds, alternatives);
  const fitting = alternatives.filter((inner) => !inner.some((one) => isOtherType(one, issue.input)));
  const values = fitting.flat().flatMap((one) => (one.path.length === 0 ? (one.values ?? []) : []));
  if (values.length > 0 && fitting.length > 1) {
    return [{ path: issue.path, which: 'value', text: notOneOf(issue.input, values.map(String)) }];
  }
  if (fitting[0]) return inside(issue, fitting[0], contexts);
  const others = alternatives.flat().filter((one) => isOtherType(one, issue.input));
  const own = others.find((one) => !one.message.startsWith('#'));
  const expected = [...new Set(others.map((one) => named(one.expected)))].join(' or ');
  const text = own?.message ?? `expected ${expected}, got ${got(issue.input)}`;
  return [{ path: issue.path, which: 'value', text }];
}

function explainKinds(
  issue: ReportedIssue,
  contexts: readonly IssueContext[],
  kinds: Kinds,
  alternatives: readonly ReportedIssue[][],
): Explanation[] {
  const { noun, keys, others } = kinds;
  if (!isMap(issue.input)) {
    const text = `expected one ${noun} with its arguments, got ${got(issue.input)}`;
    return [{ path: issue.path, which: 'value', text }];
  }
  const present = Object.keys(issue.input);
  const deciding = present.filter((key) => keys.includes(key));
  if (deciding.length === 1)
    return inside(issue, alternatives[keys.indexOf(deciding[0] ?? '')] ?? [], contexts);
  if (deciding.length > 1) {
    return [{ path: [...issue.path, deciding[1] ?? ''], which: 'key', text: notTogether(deciding, noun) }];
  }
  const unknown = present.filter((key) => !others.includes(key));
  const meant = unknown.find((key) => didYouMean(key, keys) !== '') ?? unknown[0];
  if (meant === undefined) {
    return [{ path: issue.path, which: 'value', text: `no ${noun} here${listed('known', keys)}` }];
  }
  const text = `unknown ${noun} "${meant}"${didYouMean(meant, keys) || listed('known', keys)}`;
  return [{ path: [...issue.path, meant], which: 'key', text }];
}

function notTogether(keys: readonly string[], noun: string): string {
  return `${keys.map((key) => `"${key}"`).join(' and ')} cannot stand together: one ${noun} each`;
}

function inside(
  issue: ReportedIssue,
  inner: ReportedIssue[],
  contexts: readonly IssueContext[],
): Explanation[] {
  return inner.flatMap((one) => explainIssue({ ...one, path: [...issue.path, ...one.path] }, contexts));
}

/** Whether an alternative is out of the question, because the value is of another type altogether. */
function isOtherType(issue: ReportedIssue, input: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_value') return typeof input === 'object';
  const fraction = issue.expected === 'int' && typeof input === 'number';
  return issue.code === 'invalid_type' && !fraction;
}

function describe(issue: ReportedIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${named(issue.expected)}, got ${got(issue.input)}`;
    case 'invalid_value':
      return notOneOf(issue.input, (issue.values ?? []).map(String));
    case 'too_small':
      return bound('at least', issue.minimum, issue.origin, issue.input);
    case 'too_big':
      return bound('at most', issue.maximum, issue.origin, issue.input);
    default:
      return `${got(issue.input)} does not have the form that is expected here`;
  }
}

/** `"quik" is not one of quick, standard, soak; did you mean "quick"?` */
function notOneOf(input: unknown, values: readonly string[]): string {
  const suggestion = typeof input === 'string' ? didYouMean(input, values) : '';
  const only = values.length === 1 ? `expected ${values[0]}, got ${got(input)}` : undefined;
  return only ?? `${got(input)} is not one of ${values.join(', ')}${suggestion}`;
}

function bound(
  word: string,
  limit: number | bigint | undefined,
  origin: string | undefined,
  input: unknown,
): string {
  if (origin === 'string')
    return input === '' ? 'must not be empty' : `must have ${word} ${limit} characters`;
  if (origin === 'array') return `expected ${word} ${limit} ${Number(limit) === 1 ? 'entry' : 'entries'}`;
  return `expected ${word} ${limit}, got ${got(input)}`;
}

function listed(word: string, keys: readonly string[]): string {
  return keys.length === 0 ? '' : `; ${word}: ${keys.join(', ')}`;
}

function named(expected: string | undefined): string {
  return NAMES[expected ?? ''] ?? expected ?? 'something else';
}

function got(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  if (typeof input === 'string') return `"${input.length > 60 ? `${input.slice(0, 60)}…` : input}"`;
  return String(input);
}

function isMap(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
