import { type Context, type DetectorState, NEW_STATE, step } from '../../server/modules/telemetry/detect.rules.ts';
import type { Message } from '../../server/modules/telemetry/message.ts';

/**
 * Microseconds per step over a stream of real messages, beside the limit: one copy of the same state and one pass over
 * the message's fields, which no pure step can do without.
 */
export function measureStep(messages: readonly Message[], context: Context): void {
  const own = messages.filter((m) => m.elevatorNo === context.facts.elevatorNo);
  const used = own.length > 1_000 ? own : messages;
  const run = () => {
    let state: DetectorState = NEW_STATE;
    const began = performance.now();
    for (const message of used) ({ state } = step(state, { kind: 'message', message }, context));
    return { ms: performance.now() - began, state };
  };
  const copy = (like: DetectorState) => {
    let seen = 0;
    const began = performance.now();
    for (const { body, receivedAt } of used) {
      const next = { ...like, heardAt: receivedAt.getTime() };
      seen += Object.keys(body).length + next.heardAt;
    }
    return seen === 0 ? 0 : performance.now() - began;
  };
  for (let n = 0; n < 3; n += 1) copy(run().state); // let the compiler finish
  const { ms, state } = run();
  const least = copy(state);
  const per = (total: number) => ((total * 1000) / used.length).toFixed(2);
  console.log(
    `step: ${per(ms)} µs a message; a copy of the state alone: ${per(least)} µs; ${(ms / least).toFixed(1)} ×`,
  );
  console.log(`state: ${JSON.stringify(state).length} bytes as JSON`);
}
