/**
 * Built-in tests that put a device into the same situation: signatures of several families ask for them. A list that
 * only one family needs stands there, composed of these where it can be.
 */
type Scenario = readonly string[];

/** A connection without a request, or with an answered one, is closed: the device need only close as well. */
export const FULL_CLOSES: Scenario = ['REL-01', 'REL-02'];

/** The same, or our end is only half-closed. */
export const PLAIN_CLOSES: Scenario = [...FULL_CLOSES, 'HC-01'];

/** The same, or our FIN comes right behind the connect. */
export const PLAIN_OR_EARLY_CLOSES: Scenario = [...PLAIN_CLOSES, 'REL-03'];

/** One connection is closed between two messages, beside neighbours as well. */
export const CLOSES_BETWEEN_MESSAGES: Scenario = [...PLAIN_OR_EARLY_CLOSES, 'LANE-21', 'LANE-25'];

/** Our FIN cuts a message in two. */
export const CLOSES_INSIDE_MESSAGE: Scenario = ['REL-04', 'HC-03'];

/** Messages break off, are given up or lack an end tag, beside other things that may disturb a device. */
export const UNFINISHED_MESSAGES: Scenario = ['ROB-01', 'ROB-03', 'ROB-10'];

/** Our FIN comes together with a request. */
export const CLOSES_WITH_REQUEST: Scenario = ['REL-05', 'REL-05H'];

/** Twenty connections are open at once and then closed. */
export const TWENTY_AT_ONCE: Scenario = ['CON-03', 'HC-04'];

/** Many connections are closed, one after the other or at once. */
export const MANY_CLOSES: Scenario = ['REL-09', ...TWENTY_AT_ONCE];

/** The NCS resets one connection. */
export const SINGLE_ABORTS: Scenario = ['AB-01', 'AB-02', 'AB-03'];

/** One connection is reset: by the NCS, or by our kernel because a reply meets a closed end. */
export const SINGLE_RESETS: Scenario = [...SINGLE_ABORTS, 'REL-05', 'REL-06'];

/** The NCS closes a connection that the device has dialled. */
export const CLOSE_OF_ITS_CALL: Scenario = ['RC-08'];

/** The NCS resets a connection that the device has dialled. */
export const RESET_OF_ITS_CALL: Scenario = ['RC-08R'];

/** The NCS comes again after it vanished without a word. */
export const AFTER_A_VANISHED: Scenario = ['RC-07'];

/** Connections are opened and closed one after the other, by the hundred. */
export const CHURN_ONE_BY_ONE: Scenario = ['CH-01'];

/** The same with the largest crowd at a time. */
export const CHURN_IN_CROWD: Scenario = ['CH-02'];

/** The same with a few at a time. */
export const CHURN_BY_FEW: Scenario = ['CH-03N', 'CH-03H', 'CH-04'];

/** Every connection of the churn ends by a reset. */
const CHURN_OF_RESETS: Scenario = ['CH-03A'];

/** The connections of the churn end by a close, a half-close and a reset in turn. */
export const CHURN_OF_ALL_ENDS: Scenario = ['CH-03M'];

/** Churn in which connections are reset. */
export const CHURN_WITH_RESETS: Scenario = [...CHURN_OF_RESETS, ...CHURN_OF_ALL_ENDS];

/** Churn in which none is. */
export const CHURN_WITHOUT_RESETS: Scenario = [...CHURN_ONE_BY_ONE, ...CHURN_IN_CROWD, ...CHURN_BY_FEW];

/** Descriptors are counted after many resets. */
export const DESCRIPTORS_AFTER_RESETS: Scenario = ['AB-06', 'AB-06C', 'AB-06R', ...CHURN_OF_RESETS];

/** Many connections are open at once. */
export const MANY_AT_ONCE: Scenario = [
  ...TWENTY_AT_ONCE,
  ...CHURN_IN_CROWD,
  ...CHURN_BY_FEW,
  ...CHURN_WITH_RESETS,
];

/** Connections are opened in quick succession. */
export const IN_SUCCESSION: Scenario = [
  ...['REL-03', 'REL-06', 'REL-09', 'AB-05', 'AB-06', 'DC-03'],
  ...CHURN_ONE_BY_ONE,
];

/** Connections come one at a time, or two, and with time to spare. */
export const CALM: Scenario = ['CON-02', 'REL-01', 'RC-01'];

/** An older connection asks while a newer one is open. */
export const OLDER_ASKS: Scenario = ['CON-02', 'RC-05O'];

/** A connection asks while an older one stays open. */
export const BESIDE_AN_OLDER: Scenario = ['RC-04', 'RC-05'];

/** A connection asks while another one is open. */
export const BESIDE_ANOTHER: Scenario = ['CON-02', ...BESIDE_AN_OLDER];

/** One connection is busy with a message that is long in coming, or with a peer that does not read. */
export const STALLS: Scenario = ['ST-01', 'ST-02', 'ST-03'];

/** A heartbeat is sent, to the upper port or to the lower one. */
export const HEARTBEATS: Scenario = ['HB-01', 'HB-02'];

/** The NCS asks for machine information, on the upper port or on the lower one. */
export const MACHINE_INFO: Scenario = ['MI-01', 'MI-02'];

/** Answers come that belong to no request. */
export const STRAY_ANSWERS: Scenario = ['ROB-13', 'ROB-14'];

/** The group of the tests that try everything. */
export const GRID = 'GRID';

/** The test of what all the others have left to be released. */
export const LEFT_BY_ANY: Scenario = ['SAN-LEFT'];
