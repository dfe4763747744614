const OFTEN = 40;

/** Seconds until a message is tried again after so many tries: 2, 4, 8 … 60, and after forty every ten minutes, without end. */
export const secondsUntilNextTry = (attempts: number): number => (attempts < OFTEN ? Math.min(60, 2 ** attempts) : 600);
