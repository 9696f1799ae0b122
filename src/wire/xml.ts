import type { MosElement } from './types.ts';

export { parseXml } from './parse-xml.ts';

/** Makes an element from its children or its text. */
export function element(
  name: string,
  children: readonly MosElement[] | string = [],
  attributes: Readonly<Record<string, string>> = {},
): MosElement {
  const isText = typeof children === 'string';
  return {
    name,
    attributes: { ...attributes },
    children: isText ? [] : [...children],
    text: isText ? children : '',
  };
}

/** The first child of that name. */
export function child(parent: MosElement | undefined, name: string): MosElement | undefined {
  return parent?.children.find((candidate) => candidate.name === name);
}

/** The text of the first child of that name, without the white space around it. */
export function childText(parent: MosElement | undefined, name: string): string | undefined {
  return child(parent, name)?.text.trim();
}

/** How an element is written. */
export interface SerializeOptions {
  /** One element a line, indented by two spaces; white space only between elements, never inside a value. */
  pretty?: boolean;
  /** `<x/>` (the default) or `<x></x>`. */
  emptyElements?: 'short' | 'long';
  /** Writes every character of every value as a numeric character reference. */
  references?: 'decimal' | 'hexadecimal';
}

/**
 * Writes an element as XML text, escaped so that reading it gives the same element. Characters that XML 1.0 cannot
 * hold are written as they are: a caller that puts them in wants to see them sent.
 */
export function serialize(root: MosElement, options: SerializeOptions = {}): string {
  return write(root, options, 0);
}

function write(node: MosElement, options: SerializeOptions, depth: number): string {
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
  const open = `<${node.name}${attributes}`;
  if (isEmpty(node)) return options.emptyElements === 'long' ? `${open}></${node.name}>` : `${open}/>`;
  return `${open}>${writeContent(node, options, depth)}</${node.name}>`;
}

function isEmpty(node: MosElement): boolean {
  return node.children.length === 0 && node.text === '';
}

function writeContent(node: MosElement, options: SerializeOptions, depth: number): string {
  if (node.mixed) {
    const plain = { ...options, pretty: false };
    return node.mixed
      .map((part) => (typeof part === 'string' ? textOf(part, options) : write(part, plain, depth)))
      .join('');
  }
  const children = node.children.map((part) => write(part, options, depth + 1));
  const text = textOf(node.text, options);
  if (!options.pretty || children.length === 0 || text !== '') return text + children.join('');
  const indent = '\n' + '  '.repeat(depth + 1);
  return children.map((part) => indent + part).join('') + '\n' + '  '.repeat(depth);
}

function textOf(text: string, { references }: SerializeOptions): string {
  if (references === undefined) return escapeText(text);
  const numberOf = (character: string): string => {
    const code = character.codePointAt(0) ?? 0;
    return references === 'decimal' ? `&#${code};` : `&#x${code.toString(16).toUpperCase()};`;
  };
  return Array.from(text, numberOf).join('');
}

/** Escapes text between tags; a carriage return would otherwise come back as a line feed. */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? character);
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\t\n\r]/g, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
