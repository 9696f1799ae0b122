import { isMessageIdInRange, parseMosNumber } from './message-id.ts';
import { quote } from './frame-findings.ts';
import type { Constants, FieldType } from './table-model.ts';

/** What is wrong with a value, or worth a note because the specification contradicts itself there. */
export interface ValueVerdict {
  kind: 'problem' | 'note';
  text: string;
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})([,.]\d+)?(Z|[+-]\d{2}:\d{2})?$/;
const LARGEST_NUMBER = 0xffffffff;

/** Values that one part of the specification allows beside those of section 6 (mos.md section 10). */
const TOLERATED: readonly { values: readonly string[]; allowed: readonly string[]; why: string }[] = [
  { values: ['YES', 'NO'], allowed: ['true', 'false', '1', '0'], why: 'the schema types it as boolean' },
  { values: ['NOT READY'], allowed: ['NOTREADY'], why: 'the schema spells it without the space' },
  { values: ['MODALDIALOG'], allowed: ['MODAL', 'NONMODAL'], why: 'examples and section 5 use it' },
  { values: ['VIDEO'], allowed: ['OTHER'], why: 'widely used stacks accept it' },
];

/**
 * Judges a value by its type (MOS 2.8.5 section 6); undefined where nothing is to be said. The caller decides about
 * empty values, which most required elements may have.
 */
export function judgeValue(value: string, type: FieldType): ValueVerdict | undefined {
  if (typeof type === 'object') return judgeConstant(value, type);
  switch (type) {
    case 'string128':
      return judgeLength(value, 128);
    case 'string255':
      return judgeLength(value, 255);
    case 'date-time':
      return judgeDateTime(value);
    case 'duration':
      return /^\d+:[0-5]\d:[0-5]\d$/.test(value)
        ? undefined
        : problem(value, 'no duration of the form hh:mm:ss');
    case 'number':
      return judgeNumber(value, LARGEST_NUMBER);
    case 'revision-number':
      return judgeNumber(value, 999);
    case 'samples-per-second':
      return judgeRate(value);
    case 'message-id':
      return judgeMessageId(value);
    default:
      return undefined;
  }
}

function problem(value: string, what: string): ValueVerdict {
  return { kind: 'problem', text: `${quote(value)} is ${what}` };
}

function judgeConstant(value: string, { values, open }: Constants): ValueVerdict | undefined {
  if (values.includes(value)) return undefined;
  const tolerated = TOLERATED.find(
    (one) => one.values.every((constant) => values.includes(constant)) && one.allowed.includes(value),
  );
  if (tolerated)
    return { kind: 'note', text: `${quote(value)} is no constant of section 6, but ${tolerated.why}` };
  return { kind: open ? 'note' : 'problem', text: `${quote(value)} is none of ${values.join(', ')}` };
}

/** A character counts as one, however it is escaped or encoded. */
function judgeLength(value: string, limit: number): ValueVerdict | undefined {
  if (value.length <= limit) return undefined;
  const length = [...value].length;
  return length <= limit
    ? undefined
    : { kind: 'problem', text: `it has ${length} characters; ${limit} are allowed` };
}

function judgeDateTime(value: string): ValueVerdict | undefined {
  const parts = DATE_TIME.exec(value);
  if (!parts || !isCalendarTime(parts)) {
    return problem(value, 'no date-time of the form YYYY-MM-DDThh:mm:ss[,ddd][Z or +hh:mm]');
  }
  const fraction = parts[7] ?? '';
  if (fraction.startsWith('.')) {
    return {
      kind: 'note',
      text: `${quote(value)} has a period before the fraction; section 6 asks for a comma`,
    };
  }
  return fraction === '' || fraction.length === 4
    ? undefined
    : problem(value, 'no date-time: the fraction must have three digits');
}

function isCalendarTime(parts: RegExpExecArray): boolean {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour <= 24 && minute <= 59 && second <= 60;
}

function judgeNumber(value: string, largest: number): ValueVerdict | undefined {
  const number = parseMosNumber(value);
  if (number === undefined) return problem(value, 'no number');
  return number >= 0 && number <= largest ? undefined : problem(value, `outside of 0 to ${largest}`);
}

function judgeRate(value: string): ValueVerdict | undefined {
  const number = parseMosNumber(value) ?? (/^\d+\.\d+$/.test(value) ? Number(value) : undefined);
  if (number === undefined) return problem(value, 'no number');
  return number > 0 && number <= LARGEST_NUMBER ? undefined : problem(value, 'no number above 0');
}

function judgeMessageId(value: string): ValueVerdict | undefined {
  const number = parseMosNumber(value);
  if (number !== undefined && isMessageIdInRange(number)) return undefined;
  return problem(value, 'no messageID from 1 to 2147483647');
}
