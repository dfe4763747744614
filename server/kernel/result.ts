/** The outcome of a decision: a value, or a reason the world said no. */
export type Result<T, R> = { ok: true; value: T } | { ok: false; refusal: R };

export const accept = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const refuse = <R>(refusal: R): Result<never, R> => ({ ok: false, refusal });

/** Stop on a state our own code promised could not happen. A bug, never a user error. */
export function invariant(holds: unknown, promise: string): asserts holds {
  if (!holds) throw new Error(`Broken promise: ${promise}`);
}

/** A switch that must be complete: the compiler refuses to reach it. */
export function never(value: never): never {
  throw new Error(`Unexpected ${JSON.stringify(value)}`);
}
