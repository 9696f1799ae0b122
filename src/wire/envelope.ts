import type { WireFinding } from '../history/facts.ts';
import { quote } from './frame-findings.ts';
import { isMessageIdInRange, parseMosNumber } from './message-id.ts';
import { isMessageName, messageNameIgnoringCase } from './message-names.ts';
import type { MosElement } from './types.ts';
import { child } from './xml.ts';

/** The identifying elements of the envelope, in the order of MOS 2.8.5 section 2.1. */
const FIELDS = ['mosID', 'ncsID', 'messageID'] as const;
type Field = (typeof FIELDS)[number];

const MISSING: Readonly<Record<Field, string>> = {
  mosID: 'missing-mos-id',
  ncsID: 'missing-ncs-id',
  messageID: 'missing-message-id',
};
const EMPTY: Readonly<Record<Field, string>> = {
  mosID: 'empty-mos-id',
  ncsID: 'empty-ncs-id',
  messageID: 'empty-message-id',
};

/** The value of a field of the envelope, whatever the case of its name, without the white space around it. */
export function envelopeField(root: MosElement, field: Field): string | undefined {
  return fieldElement(root, field)?.text.trim();
}

function fieldElement(root: MosElement, field: Field): MosElement | undefined {
  return child(root, field) ?? root.children.find((one) => fieldOf(one) === field);
}

function fieldOf(candidate: MosElement): Field | undefined {
  return FIELDS.find((field) => field.toLowerCase() === candidate.name.toLowerCase());
}

/** The message element: the first child that is a message, else the first that is no field of the envelope. */
export function findBody(root: MosElement): MosElement | undefined {
  const others = root.children.filter((one) => !fieldOf(one));
  return (
    others.find(({ name }) => isMessageName(name)) ??
    others.find(({ name }) => messageNameIgnoringCase(name)) ??
    others[0]
  );
}

/** Deviations of the envelope (MOS 2.8.5 sections 2.1 and 4.1.6), each one on its own. */
export function envelopeFindings(root: MosElement, body: MosElement | undefined): WireFinding[] {
  return [
    ...caseFindings(root),
    ...FIELDS.flatMap((field) => fieldFindings(root, field)),
    ...messageIdFindings(root),
    ...orderFindings(root, body),
    ...contentFindings(root, body),
  ];
}

function caseFindings(root: MosElement): WireFinding[] {
  const wrong = root.children.filter((one) => {
    const meant = fieldOf(one) ?? messageNameIgnoringCase(one.name);
    return meant !== undefined && meant !== one.name;
  });
  if (root.name !== 'mos') wrong.unshift(root);
  return [...new Set(wrong.map(({ name }) => name))].map((name) => ({
    id: 'wrong-case',
    text: `The element ${quote(name)} is spelt with wrong capitals; names are case sensitive.`,
  }));
}

function fieldFindings(root: MosElement, field: Field): WireFinding[] {
  const all = root.children.filter((one) => fieldOf(one) === field);
  if (all.length === 0) return [{ id: MISSING[field], text: `The envelope holds no ${field}.` }];
  if (all.length > 1) {
    return [{ id: 'repeated-envelope-field', text: `The envelope holds ${field} ${all.length} times.` }];
  }
  return all[0]?.text.trim() === '' ? [{ id: EMPTY[field], text: `${field} is empty.` }] : [];
}

function messageIdFindings(root: MosElement): WireFinding[] {
  const written = envelopeField(root, 'messageID');
  if (written === undefined || written === '') return [];
  const value = parseMosNumber(written);
  if (value === undefined && !/^[+-]?\d+$/.test(written)) {
    return [
      {
        id: 'message-id-not-a-number',
        text: `messageID is ${quote(written)}; it must be a decimal or hexadecimal number.`,
      },
    ];
  }
  if (value !== undefined && isMessageIdInRange(value)) return [];
  return [
    { id: 'message-id-out-of-range', text: `messageID is ${written}; it must lie between 1 and 2147483647.` },
  ];
}

function orderFindings(root: MosElement, body: MosElement | undefined): WireFinding[] {
  const places = root.children.map((one) => {
    const field = fieldOf(one);
    if (field) return FIELDS.indexOf(field);
    return one === body ? FIELDS.length : undefined;
  });
  const known = places.filter((place) => place !== undefined);
  if (known.every((place, index) => index === 0 || place >= (known[index - 1] ?? 0))) return [];
  const found = listed(root.children);
  return [
    {
      id: 'envelope-order',
      text: `The envelope holds ${found}; the order is mosID, ncsID, messageID, message.`,
    },
  ];
}

/** The names of elements for a sentence: each once, the first ten. */
function listed(elements: readonly MosElement[]): string {
  const names = [...new Set(elements.map(({ name }) => name))];
  return names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : '');
}

function contentFindings(root: MosElement, body: MosElement | undefined): WireFinding[] {
  const findings: WireFinding[] = [];
  if (!body) findings.push({ id: 'no-message', text: 'The envelope holds no message element.' });
  const others = root.children.filter((one) => one !== body && !fieldOf(one));
  const messages = others.filter(({ name }) => isMessageName(name));
  if (messages.length > 0) {
    findings.push({
      id: 'several-messages',
      text: `The envelope holds ${messages.length + 1} message elements; exactly one is allowed.`,
    });
  }
  const unknown = others.filter((one) => !messages.includes(one));
  if (unknown.length > 0) {
    const names = listed(unknown);
    findings.push({
      id: 'extra-sibling',
      text: `Elements that MOS does not know stand beside the message: ${names}.`,
    });
  }
  if (root.text.trim() !== '') {
    findings.push({
      id: 'text-in-envelope',
      text: `Bare text stands in the envelope: ${quote(root.text.trim())}.`,
    });
  }
  return findings;
}

/** Deviations of the message element that need no model of it. */
export function bodyFindings(body: MosElement): WireFinding[] {
  const meant = messageNameIgnoringCase(body.name);
  if (!meant) return [{ id: 'unknown-message', text: `${quote(body.name)} is no message of MOS 2.8.5.` }];
  if (meant !== 'heartbeat') return [];
  const time = child(body, 'time');
  if (!time) return [{ id: 'heartbeat-without-time', text: 'The heartbeat has no time.' }];
  return time.text.trim() === ''
    ? [{ id: 'heartbeat-without-time', text: "The heartbeat's time is empty." }]
    : [];
}
