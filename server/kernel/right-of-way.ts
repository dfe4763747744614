/** Who is in a hurry goes first; the others make way, but never for long: their work must be done, too. */
export type RightOfWay = {
  /** Do something urgent. */
  hurry: <T>(work: () => Promise<T>) => Promise<T>;
  /** Is something urgent under way, or was it a moment ago? */
  isTaken: () => boolean;
  /** Wait until the way is free, or as long as anybody must. */
  free: () => Promise<void>;
};

/** What is urgent comes in portions: so long after one the next may still be on its way. */
const MOMENT_MS = 250;
const MOST_WAIT_MS = 1_000;
const LOOK_MS = 25;

/** `clock` in milliseconds; it need not tell the time of day. */
export function openRightOfWay(clock: () => number = () => performance.now()): RightOfWay {
  let underWay = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  const isTaken = (): boolean => underWay > 0 || clock() - lastMs < MOMENT_MS;
  return {
    hurry: async (work) => {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        lastMs = clock();
      }
    },
    isTaken,
    free: async () => {
      const until = clock() + MOST_WAIT_MS;
      while (isTaken() && clock() < until) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    },
  };
}
