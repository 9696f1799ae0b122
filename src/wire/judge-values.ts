import { judgeValue } from './field-types.ts';
import type { Judgement, Wrong } from './judgement.ts';
import type { FieldType } from './table-model.ts';
import { ELEMENTS } from './tables.ts';
import type { MosElement } from './types.ts';

/** Judges the values of all fields of a message by their types (MOS 2.8.5 section 6). */
export function judgeValues(node: MosElement, parent?: MosElement): Judgement[] {
  return [...judgeField(node, parent), ...node.children.flatMap((child) => judgeValues(child, node))];
}

function judgeField(node: MosElement, parent: MosElement | undefined): Judgement[] {
  const around = parent && ELEMENTS.get(parent.name);
  const type = around?.types?.[node.name] ?? ELEMENTS.get(node.name)?.text;
  if (type === undefined) return [];
  const value = node.text.trim();
  if (value === '') return judgeEmpty(node, type, around?.filled?.includes(node.name) ?? false);
  const judgements: Judgement[] = [];
  const verdict = judgeValue(value, type);
  if (verdict) {
    const said = { about: node, text: `${node.name}: ${verdict.text}` };
    const wrong: Wrong = { violation: 'value', name: node.name, value };
    judgements.push(
      verdict.kind === 'note' ? { ...said, kind: 'note' } : { ...said, kind: 'problem', wrong },
    );
  }
  if (value !== node.text && type !== 'text') {
    judgements.push({ kind: 'note', about: node, text: `${node.name}: white space stands around the value` });
  }
  return judgements;
}

/** Required fields may be empty, as in the specification's examples, unless their type has no empty value. */
function judgeEmpty(node: MosElement, type: FieldType, filled: boolean): Judgement[] {
  const isConstant = typeof type === 'object' && !type.open;
  const said = { about: node, text: `${node.name} is empty` };
  if (filled || isConstant)
    return [{ ...said, kind: 'problem', wrong: { violation: 'empty', name: node.name } }];
  return type === 'date-time' ? [{ ...said, kind: 'note' }] : [];
}
