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
