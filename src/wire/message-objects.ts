import { readPart } from './table-model.ts';
import type { Part } from './table-model.ts';
import { ELEMENTS } from './tables.ts';
import type { STRUCTURED } from './tables.ts';
import type { MosElement } from './types.ts';
import { element } from './xml.ts';

/*
 * Messages as plain objects. Their types follow from the tables: `time` is a key, `opTime?` an optional one, `mosObj*`
 * and `mosProfile+` are arrays; an element with attributes has them under `attributes`, and its words under `text`.
 */

type Models = typeof STRUCTURED;
type Flatten<T> = { [K in keyof T]: T[K] };

type NameOf<P> = P extends `${infer N}?` | `${infer N}*` | `${infer N}+` ? N : P;
type PlainName<P> = P extends `${string}?` | `${string}*` | `${string}+` ? never : P;
type Parts<P> = P extends string
  ? P
  : P extends { as: string; group: readonly string[] }
    ? never
    : P extends { choice: readonly (infer C)[] }
      ? OptionalPart<C extends readonly (infer D)[] ? D : C>
      : P extends { name: infer N extends string }
        ? `${N}?`
        : never;
type OptionalPart<C> = C extends `${string}?` | `${string}*`
  ? C
  : C extends `${infer N}+`
    ? `${N}*`
    : C extends string
      ? `${C}?`
      : never;
type Fields<P> = { [K in P as PlainName<K> & string]: Value<K> } & {
  [K in P as K extends `${infer N}?` ? N : never]?: Value<NameOf<K>>;
} & { [K in P as K extends `${infer N}*` ? N : never]?: Value<NameOf<K>>[] } & {
  [K in P as K extends `${infer N}+` ? N : never]: Value<NameOf<K>>[];
};

type GroupPart = { as: string; group: readonly string[] };
type Groups<P> = {
  [K in Extract<P, GroupPart>['as']]?: Flatten<
    Fields<Extract<P, { as: K; group: readonly string[] }>['group'][number]>
  >[];
};

type Attributes<M> = M extends { attributes: infer A }
  ? { attributes?: { [K in keyof A]?: string } }
  : unknown;

type Content<M> = M extends { children: readonly (infer P)[] }
  ? Flatten<Fields<Parts<P>> & Groups<P> & Attributes<M>>
  : M extends { text: unknown; attributes: unknown }
    ? Flatten<{ text: FieldValue } & Attributes<M>>
    : M extends { text: unknown }
      ? FieldValue
      : FieldValue | MosElement;

/** The value of a field; a number is written in decimal. */
type FieldValue = string | number;

type Value<N> = N extends keyof Models ? Content<Models[N]> : FieldValue;

/** A message, or a structure inside one, as a plain object. */
export type MosObject<N extends keyof Models> = Content<Models[N]>;

type Loose = { readonly [key: string]: unknown };

/** Writes a plain object as an element, its children in the order of the DTD whatever the order of the keys. */
export function toElement<N extends keyof Models>(name: N, content: MosObject<N>): MosElement {
  return write(name, content);
}

function write(name: string, content: unknown): MosElement {
  if (!isLoose(content)) return element(name, String(content));
  if (isElement(content)) return content;
  const model = ELEMENTS.get(name);
  const attributes = isLoose(content.attributes) ? definedTexts(content.attributes) : {};
  if (!model?.children) return element(name, String(content.text ?? ''), attributes);
  return element(
    name,
    model.children.flatMap((part) => writePart(part, content)),
    attributes,
  );
}

function writePart(part: Part, content: Loose): MosElement[] {
  if (typeof part === 'object' && 'group' in part) {
    const rows = content[part.as];
    return Array.isArray(rows)
      ? rows.flatMap((row) => part.group.flatMap((one) => writePart(one, row as Loose)))
      : [];
  }
  if (typeof part === 'object' && 'choice' in part)
    return part.choice.flat().flatMap((one) => writePart(one, content));
  const { name } = typeof part === 'string' ? readPart(part) : part;
  const value = content[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((one) => write(name, one)) : [write(name, value)];
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null;
}

function isElement(value: Loose): value is Loose & MosElement {
  return typeof value.name === 'string' && Array.isArray(value.children);
}

function definedTexts(attributes: Loose): Record<string, string> {
  const defined = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([name, value]) => [name, String(value)]));
}
