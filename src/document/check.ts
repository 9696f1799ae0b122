import type { z } from 'zod';
import { explainIssue, type IssueContext, type ReportedIssue } from './explain-issue.ts';
import { kindsOf } from './kinds.ts';
import type { Problem } from './problem.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';

/**
 * Checks the value at `path` of a file against a schema: the value that the schema makes of it, or every
 * problem with its place.
 */
export function checkValue<T>(
  file: YamlFile,
  path: ValuePath,
  value: unknown,
  schema: z.ZodType<T>,
): { value?: T; problems: Problem[] } {
  const contexts: IssueContext[] = [];
  const result = schema.safeParse(value, {
    reportInput: true,
    // zod drops the schema from what it reports, so what it knows is kept here under the message's number.
    error: (issue) => `#${contexts.push(contextOf(issue)) - 1}`,
  });
  if (result.success) return { value: result.data, problems: [] };
  const problems = (result.error.issues as ReportedIssue[])
    .flatMap((issue) => explainIssue(issue, contexts))
    .map((said) => file.problem([...path, ...said.path], said.text, said.which));
  return { problems };
}

function contextOf(issue: { inst?: unknown; code?: string }): IssueContext {
  const schema = issue.inst as { _zod?: { def?: { shape?: object; keyType?: unknown } } } | undefined;
  const kinds = kindsOf(schema);
  return { allowed: allowedKeys(schema), ...(kinds && { kinds }) };
}

function allowedKeys(
  schema: { _zod?: { def?: { shape?: object; keyType?: unknown } } } | undefined,
): string[] {
  const definition = schema?._zod?.def;
  if (definition?.shape) return Object.keys(definition.shape);
  const keyType = definition?.keyType as { options?: unknown[] } | undefined;
  return (keyType?.options ?? []).map(String);
}
