import { family, setTo } from './shapes.ts';

/** Faults of what the device does of its own accord: dialling the newsroom and asking it. */
export const DIALLING = family({
  'does-not-dial-again': { behave: () => ({ redial: () => {} }) },
  'answers-heartbeat-answer': setTo((settings) => {
    settings.answersAnswers = new Set([...settings.answersAnswers, 'heartbeat']);
  }),
  'repeats-own-message-id': setTo((settings) => {
    settings.ownMessageID = 7;
  }),
});
