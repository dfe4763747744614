import { exchangeAck } from '../../../contract/rescue-exchange.ts';
import type { RescueDeps } from './deps.ts';
import { type Carry, carryWaiting } from './exchange-carry.service.ts';

const PATIENCE_MS = 10_000;
const EVERY_MS = 1_000;

/** By HTTPS, with the credential the peer gave us. Anything but an acknowledgement is a failure, and is tried again. */
export const carryByHttp: Carry = async (peer, message) => {
  const answer = await fetch(peer.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${peer.secret}` },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: 'error',
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return exchangeAck.parse(await answer.json());
};

/** Carry what waits, every second. Returns how to stop. */
export function startCarrying(deps: RescueDeps, carry: Carry): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // What was not carried stays in its row and is taken up by the next round.
    running = carryWaiting(deps, carry)
      .catch((error: unknown) =>
        deps.log.error({ error }, 'messages to other platforms could not be carried; trying again'),
      )
      .finally(() => (busy = false));
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
