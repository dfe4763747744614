import { type Context, type DetectorState, NEW_STATE, step } from '../../server/modules/telemetry/detect.rules.ts';
import type { Message } from '../../server/modules/telemetry/message.ts';

/**
 * CPU time per step over one elevator's real messages, beside the limit: one copy of the same state and one look at each
 * field of the message, which no pure step can do without.
 */
export function measureStep(messages: readonly Message[], context: Context): void {
  let state: DetectorState = NEW_STATE;
  const steps = () => {
    state = NEW_STATE;
    for (const message of messages) ({ state } = step(state, { kind: 'message', message }, context));
  };
  let seen = 0; // printed below, so that the compiler cannot leave the copies out
  const copies = () => {
    for (const { body, receivedMs } of messages) {
      const next = { ...state, heardAt: receivedMs };
      seen += Object.keys(body).length + next.heardAt;
    }
  };
  const [ours, least] = [cpuOf(steps) / messages.length, cpuOf(copies) / messages.length];
  const ratio = (ours / least).toFixed(1);
  console.log(
    `step: ${ours.toFixed(2)} µs of CPU a message; copying the state alone: ${least.toFixed(2)} µs; ${ratio} ×`,
  );
  console.log(
    `state: ${JSON.stringify(state).length} bytes as JSON; ${messages.length} messages, checksum ${seen % 97}`,
  );
}

const WARM = 5;
const MEASURED = 10;

/** Microseconds of CPU of one run, after the compiler has settled. */
function cpuOf(work: () => void): number {
  for (let n = 0; n < WARM; n += 1) work();
  const before = process.cpuUsage();
  for (let n = 0; n < MEASURED; n += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MEASURED;
}
