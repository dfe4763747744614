import type { Logger } from 'pino';
import type { VoiceAdapter } from './deps.ts';

/** Without telephony the desk dials by hand: that a talk began and ended is written down all the same. */
export const logVoice = (log: Logger): VoiceAdapter => ({
  name: 'log',
  start: async (call) => {
    log.info(call, 'talk with the car: dial by hand, no telephony is connected');
    return { ok: true, reason: 'rescue.talk_by_hand' };
  },
  end: async (talkId) => log.info({ talkId }, 'talk with the car ended'),
});

const ANSWER_WITHIN_MS = 10_000;

/**
 * Hands the wish to talk with a car to the city's own exchange, at the address that also takes texts: one JSON object, POST,
 * 2xx means that it rings at the desk and in the car. An exchange that does not answer is said to the desk, which dials by hand.
 */
export const gatewayVoice = (url: string, log: Logger): VoiceAdapter => {
  const post = async (order: object): Promise<void> => {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ channel: 'talk', ...order }),
      headers: { 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
  };
  return {
    name: 'gateway',
    start: async ({ talkId, rescueCode, elevatorId, incidentId }) => {
      try {
        await post({ id: talkId, code: 'rescue.talk_start', to: rescueCode ?? '', elevatorId, incidentId });
        return { ok: true, reason: 'rescue.talk_connected' };
      } catch (error) {
        // Not connected is an answer: the desk is told, and dials.
        log.warn({ error, talkId }, 'the exchange did not connect the desk with the car');
        return { ok: false, reason: 'rescue.talk_not_connected' };
      }
    },
    end: (talkId) =>
      post({ id: talkId, code: 'rescue.talk_end' }).catch((error: unknown) =>
        // Whoever was connected hangs up; that the talk is over is written down all the same.
        log.warn({ error, talkId }, 'the exchange was not told that the talk is over'),
      ),
  };
};
