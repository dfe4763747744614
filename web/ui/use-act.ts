import { useState } from 'react';
import { type Problem, problemOf } from '../problem.ts';

/** One act of a form: runs, shows that it runs, and keeps what went wrong. `run` resolves true when it was done. */
export type Act = {
  isRunning: boolean;
  problem: Problem | null;
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  forget: () => void;
};

export function useAct(): Act {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setRunning(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      // Shown beside the button that was pressed.
      setProblem(problemOf(thrown));
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { isRunning, problem, run, forget: () => setProblem(null) };
}
