import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Alias, type Document, type Node } from 'yaml';

/** A value with the nodes that it came from, for positions. */
export interface PlainValue {
  value: unknown;
  /** The nodes by their path, keys and values apart. */
  keys: Map<string, Node>;
  values: Map<string, Node>;
}

/** Something in the tree that has no plain value. */
export interface PlainProblem {
  node: Node | null;
  text: string;
}

/** Bounds what aliases can multiply and what a hostile file can nest. */
const MOST_NODES = 50_000;
const DEEPEST = 60;

/** The text under which the node of a path is found. */
export function pathKey(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

/**
 * The document as plain maps, lists, text, numbers and truth values. A number whose spelling carries more than
 * its value (`0x1A`, `007`, `1.0`) stays text as written: in MOS the spelling matters.
 */
export function plainValue(document: Document): PlainValue & { problems: PlainProblem[] } {
  const keys = new Map<string, Node>();
  const values = new Map<string, Node>();
  const problems: PlainProblem[] = [];
  /** What each anchor stands for so far; looking it up in the document would read all of it every time. */
  const anchors = new Map<string, unknown>();
  let nodes = 0;
  let inAlias = 0;

  function convert(node: unknown, path: readonly PropertyKey[]): unknown {
    if (++nodes > MOST_NODES)
      throw new TooLarge('the file has more than 50,000 values, its aliases counted out');
    if (path.length > DEEPEST) throw new TooLarge('the file is nested more than 60 levels deep');
    // An alias has a place of its own: what is wrong in its use is shown where it is used.
    if (isNode(node)) values.set(pathKey(path), node);
    if (isAlias(node)) return convertAlias(node, path);
    if (isNode(node) && node.anchor !== undefined && inAlias === 0) anchors.set(node.anchor, node);
    if (isMap(node)) return convertMap(node.items, path);
    if (isSeq(node)) return node.items.map((item, index) => convert(item, [...path, index]));
    return isScalar(node) ? scalarValue(node.value, node.source) : null;
  }

  function convertAlias(alias: Alias, path: readonly PropertyKey[]): unknown {
    inAlias++;
    const value = convert(anchors.get(alias.source), path);
    inAlias--;
    values.set(pathKey(path), alias);
    return value;
  }

  function convertMap(items: readonly unknown[], path: readonly PropertyKey[]): unknown {
    const map = Object.create(null) as Record<string, unknown>;
    for (const pair of items) {
      if (!isPair(pair)) continue;
      const key = isAlias(pair.key) ? anchors.get(pair.key.source) : pair.key;
      if (!isScalar(key) || key.value === null) {
        problems.push({ node: isNode(pair.key) ? pair.key : null, text: 'a key must be plain text' });
        continue;
      }
      const name = String(scalarValue(key.value, key.source));
      if (Object.hasOwn(map, name))
        problems.push({ node: pair.key as Node, text: `duplicate key "${name}"` });
      keys.set(pathKey([...path, name]), pair.key as Node);
      map[name] = convert(pair.value, [...path, name]);
    }
    return map;
  }

  try {
    return { value: convert(document.contents, []), keys, values, problems };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { value: null, keys, values, problems: [{ node: null, text: error.message }] };
  }
}

class TooLarge extends Error {}

function scalarValue(value: unknown, source: string | undefined): unknown {
  if (typeof value === 'number') return source !== undefined && String(value) !== source ? source : value;
  if (typeof value === 'bigint') return source ?? String(value);
  return value;
}
