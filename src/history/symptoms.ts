import type { PortName, SocketState } from './facts.ts';

/** What an assertion is about. A failure that is about serving says that a port does not serve, whatever was asked. */
export const MATTERS = [
  'opening',
  'serving',
  'listening',
  'release',
  'staying-open',
  'state',
  'answer',
  'message',
  'silence',
  'descriptors',
  'load',
  'own-request',
  'harness',
] as const;

/** What an assertion is about. */
export type Matter = (typeof MATTERS)[number];

/**
 * Everything that a judgement can hold against a device, each with the figures that belong to it. The list is closed:
 * whoever names faults reads these codes and figures, and the sentences for a person are written from them
 * (src/judge/sentences). Times are microseconds and end in `Us`, everything else is a count unless its name says more.
 */
export const SYMPTOMS = {
  // A connection could not be opened.
  /** The host answered with a reset: nothing listens there. */
  refused: [],
  unreachable: [],
  /** The handshake was not completed within the connect time. */
  'no-handshake': [],
  'reset-on-open': [],

  // A port does not serve a new connection; the cause says what became of the last attempt.
  'not-serving': [],
  /** It does not serve again after a test, within the time it was given to recover. */
  'device-lost': [],

  // What was asked got no answer.
  'no-reply': ['withinUs'],
  /** Bytes came that complete no message. */
  'partial-reply': ['bytes', 'withinUs'],
  /** FIN or RST came instead of the answer. */
  'closed-instead': ['afterUs'],
  'reset-instead': ['afterUs'],
  /** The connection did not take the message. */
  'not-sent': [],
  /** The kernel has the connection, and the application does not take it. */
  'not-accepted': [],
  /** FIN or RST came before anything was asked. */
  'closed-unasked': [],
  'no-dial': ['withinUs'],

  // An answer came, and was not the right one.
  'request-refused': [],
  'wrong-reply': [],
  'unreadable-reply': [],
  /** The answer came on a connection that was opened before, or after, the one that asked. */
  'answered-on-older': [],
  'answered-on-newer': [],
  'out-of-order': [],
  'surplus-answers': ['answers', 'requests'],
  'slow-reply': ['afterUs'],
  /** A message that was split after `offset` of its bytes was not answered; at `answered` other places it was. */
  'lost-when-split': ['offset', 'bytes', 'answered', 'places'],
  /** Something came where nothing may. */
  'unwanted-message': [],
  'text-came-back': [],
  'refused-as-unknown': [],
  /** Of several requests, none got what it asked for. */
  'refused-all': [],

  // A connection did not end as it should.
  /** So long after our FIN; 0 where we have not sent it. */
  'never-closed': ['afterUs'],
  /** The device's kernel holds the connection, its application has not accepted it. */
  'never-accepted': ['afterUs'],
  /** What was waited for came so long after the deadline. */
  late: ['lateUs'],
  'ended-otherwise': [],
  'state-not-reached': [],
  'closed-by-device': ['afterUs'],
  'reset-by-device': ['afterUs'],
  'kept-open': [],
  'no-listener': [],
  'descriptors-kept': ['grown', 'connections'],

  // Many connections did not fare as they should.
  'requests-lost': [
    ...(['started', 'answered', 'unanswered', 'misdirected', 'closedEarly', 'resetEarly'] as const),
    ...(['refused', 'resetOnOpen', 'unreached', 'withinUs'] as const),
    /** Half of the answers that came took no longer. */
    'typicalUs',
  ],
  'left-behind': ['opened', 'left', 'late', 'refused', 'resetOnOpen', 'unreached'],
  'leak-grows': ['started', 'left', 'perConnection', 'lower', 'upper', 'confidence'],
  /** p95 of the answers in ms. */
  'slowed-down': ['beforeMs', 'duringMs', 'afterMs', 'limitMs'],
  /** A long-lived connection was no longer served after so many exchanges. */
  neglected: ['exchanges'],

  // A message is not written as it should be.
  'wrong-encoding': [],
  'byte-order-mark': [],
  /** Not one well-formed XML document of MOS, or something between messages. */
  'broken-form': [],
  misspelt: [],
  'missing-element': [],
  'misplaced-element': [],
  'bad-value': [],
  'empty-value': [],
  'wrong-value': [],
  'unexpected-element': [],
  'envelope-order': [],
  'not-one-message': [],
  'ids-exchanged': [],
  'wrong-id': [],
  'no-message-id': [],
  /** `came` is -1 where it is no number. */
  'wrong-message-id': ['asked', 'came'],
  'bad-message-id': [],
  /** A messageID of the device that is not higher than the one before. */
  'message-id-not-counting': ['before', 'came'],

  // What a device says of itself does not hold.
  'implausible-value': [],
  'claim-varies': [],
  'claim-incomplete': [],
  'claim-without-base': ['profile'],
  'contradicts-file': [],

  // What the device sends of its own accord.
  'answer-answered': ['messageID'],
  'second-request': ['afterUs'],
  irregular: ['leastUs', 'mostUs'],
} as const satisfies Record<string, readonly string[]>;

/** The code of a symptom. */
export type SymptomCode = keyof typeof SYMPTOMS;

/** The figures of a symptom. */
export type FiguresOf<C extends SymptomCode> = Readonly<Record<(typeof SYMPTOMS)[C][number], number>>;

/** What a symptom is about beside its figures: names of the protocol and states, never sentences. */
export interface Particulars {
  /** The MOS message that came, or the first one of what did not come. */
  message?: string;
  /** The message that was asked with. */
  request?: string;
  /** The element, attribute or field of the envelope. */
  field?: string;
  /** The finding of the decoder that it rests on. */
  finding?: string;
  port?: PortName;
  /** The states in which the two ends stood. */
  states?: { ncs?: SocketState; device?: SocketState };
  /** The state of the device's end was not seen, but follows from ours. */
  inferred?: true;
  /** The wait was longer by the time for which this process had stood still: that nothing came is not ours. */
  madeUp?: true;
  /** The command of a process that holds the connection though the device itself has given it up. */
  holder?: string;
  /** How the connection ended instead. */
  ended?: string;
  /** How many of the things asserted show it, where there were several. */
  share?: { count: number; of: number };
  /** What was seen beneath it. */
  cause?: Symptom;
  /** Words of the device, of a library or of the harness for a person to read; nothing else may depend on them. */
  quote?: string;
  /** What the harness adds for a person: how far it came, what to try. Nothing else may depend on it. */
  remark?: string;
}

/** One thing that speaks against a device. */
export type Symptom = Particulars & { [C in SymptomCode]: { code: C; figures: FiguresOf<C> } }[SymptomCode];

/** A symptom of one code. */
export type SymptomOf<C extends SymptomCode> = Extract<Symptom, { code: C }>;

/** Codes that need no figures. */
type Bare = { [C in SymptomCode]: (typeof SYMPTOMS)[C] extends readonly [] ? C : never }[SymptomCode];

/** A symptom that has no figures. */
export function symptom(code: Bare, particulars: Particulars = {}): Symptom {
  return { code, figures: {}, ...particulars } as Symptom;
}

/** A symptom with the figures of its code. */
export function measured<C extends SymptomCode>(
  code: C,
  figures: FiguresOf<C>,
  particulars: Particulars = {},
): Symptom {
  return { code, figures, ...particulars } as Symptom;
}

/** What a symptom rests on in the end. */
export function rootOf(symptom: Symptom): Symptom {
  return symptom.cause ? rootOf(symptom.cause) : symptom;
}
