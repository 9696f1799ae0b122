import type { Fault } from '../behaviour.ts';

/** Answers the answer to its own heartbeat. */
export const answersHeartbeatAnswer: Fault = {
  name: 'answers-heartbeat-answer',
  title: 'Answers the answer to its own heartbeat',
  description: "The device answers the newsroom's answer to its own heartbeat with another one.",
  breaks: 'Two machines that do so exchange heartbeats without end.',
  behave({ settings }) {
    settings.answersAnswers = new Set([...settings.answersAnswers, 'heartbeat']);
    return {};
  },
};
