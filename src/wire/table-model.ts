import type { Revision } from './revision.ts';

/** What the text of an element means (MOS 2.8.5 section 6). */
export type FieldType =
  | 'text'
  | 'string128'
  | 'string255'
  | 'date-time'
  | 'duration'
  | 'number'
  | 'revision-number'
  | 'samples-per-second'
  | 'message-id'
  | Constants;

/** The values that a field may have; `open` where others are usual enough to be worth no more than a note. */
export interface Constants {
  values: readonly string[];
  open?: true;
}

/**
 * A child and how often it stands: `time` once, `opTime?` at most once, `mosObj*` any number, `mosProfile+` one or more.
 */
export type Part = string | RequiredSince | Group | Choice;

/** A child that must stand once from a revision on and may stand before. */
interface RequiredSince {
  name: string;
  requiredSince: Revision;
}

/** Children that repeat together without an element around them; `as` names their list in the plain object. */
interface Group {
  as: string;
  group: readonly string[];
}

/** Either one part or another. */
export interface Choice {
  choice: readonly (string | readonly string[])[];
  /** Before this revision none of them needs to stand. */
  requiredSince?: Revision;
}

/** An attribute of an element. */
export interface AttributeModel {
  /** Absent: it may be left out in every revision. */
  requiredSince?: Revision;
  values?: readonly string[];
}

/** What an element holds: children in order, text of a type, anything, words mixed with elements, or nothing. */
export interface ElementModel {
  children?: readonly Part[];
  text?: FieldType;
  mixed?: readonly string[];
  any?: true;
  attributes?: Readonly<Record<string, AttributeModel>>;
  /** Narrower types of children than they have elsewhere. */
  types?: Readonly<Record<string, FieldType>>;
  /** Children that may not be empty although their type allows it. */
  filled?: readonly string[];
}

/** The name and the occurrence of a part written as a string. */
export function readPart(part: string): { name: string; occurs: '' | '?' | '*' | '+' } {
  const last = part.at(-1);
  if (last === '?' || last === '*' || last === '+') return { name: part.slice(0, -1), occurs: last };
  return { name: part, occurs: '' };
}
