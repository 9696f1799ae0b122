import { decodeText, encodeText } from './encoding.ts';
import type { Encoding } from './types.ts';

/** Where a message may be split: inside a character, inside a tag of its root, or between any two characters else. */
export const SPLIT_PLACES = ['inside-characters', 'inside-root-tags', 'between-characters'] as const;

/** A kind of place at which a message may be split. */
export type SplitPlace = (typeof SPLIT_PLACES)[number];

interface Place {
  offset: number;
  kind: SplitPlace;
  /** Between two characters. */
  boundary: boolean;
  /** Right before, inside or right behind the first or the last character of a tag. */
  atEdge: boolean;
}

/**
 * The offsets at which the bytes of a message can be split at places of one kind, each once; together the kinds hold
 * every offset. Places between characters come before those inside, the beginnings and ends of tags before the others,
 * and the others so that any first part is spread evenly.
 * @param choose a whole number from 0 on, smaller than the one it is given: which of the evenly spread orders it is
 */
export function splitOffsets(
  bytes: Buffer,
  encoding: Encoding,
  kind: SplitPlace,
  choose: (limit: number) => number = () => 0,
): number[] {
  const wanted = placesIn(bytes, encoding).filter((place) => place.kind === kind);
  const inOrder = [true, false].flatMap((between) => {
    const some = wanted.filter(({ boundary }) => boundary === between);
    const edges = some.filter(({ atEdge }) => atEdge);
    const others = some.filter(({ atEdge }) => !atEdge);
    return [...evenly(edges, choose), ...evenly(others, choose)];
  });
  return inOrder.map(({ offset }) => offset);
}

function placesIn(bytes: Buffer, encoding: Encoding): Place[] {
  const text = decodeText(bytes, encoding);
  const rootTags = rootTagsIn(text).map(([start, end]) => [
    encodeText(text.slice(0, start), encoding).length,
    encodeText(text.slice(0, end), encoding).length,
  ]);
  const places: Place[] = [];
  const add = (offset: number, boundary: boolean, atEdge: boolean): void => {
    if (offset <= 0 || offset >= bytes.length) return;
    const inRootTag = rootTags.some(([start = 0, end = 0]) => offset > start && offset < end);
    const kind = inRootTag ? 'inside-root-tags' : boundary ? 'between-characters' : 'inside-characters';
    places.push({ offset, kind, boundary, atEdge });
  };
  let offset = 0;
  let before = '';
  for (const character of text) {
    add(offset, true, isEdge(character) || isEdge(before));
    const length = encodeText(character, encoding).length;
    for (let inside = 1; inside < length; inside++) add(offset + inside, false, isEdge(character));
    offset += length;
    before = character;
  }
  return places;
}

/** Where the first start tag of the root and its last end tag begin and end, in code units. */
function rootTagsIn(text: string): (readonly [number, number])[] {
  const start = /<mos(?=[\s>])[^>]*>/.exec(text);
  const end = text.lastIndexOf('</mos>');
  return [
    ...(start ? [[start.index, start.index + start[0].length] as const] : []),
    ...(end >= 0 ? [[end, end + '</mos>'.length] as const] : []),
  ];
}

function isEdge(character: string): boolean {
  return character === '<' || character === '>';
}

/**
 * Reorders so that every first part is spread over the whole: the index is read with its bits in reverse. It stays so
 * when the same bits are turned over in all of them.
 */
function evenly<T>(list: readonly T[], choose: (limit: number) => number): T[] {
  const bits = Math.max(1, Math.ceil(Math.log2(list.length)));
  const reversed = (index: number): number =>
    Number.parseInt(index.toString(2).padStart(bits, '0').split('').reverse().join(''), 2);
  const turned = choose(2 ** bits);
  return Array.from({ length: 2 ** bits }, (_, index) => list[reversed(index) ^ turned]).filter(
    (one) => one !== undefined,
  );
}
