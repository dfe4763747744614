import { openThread, threadBeside } from '../../kernel/thread.ts';
import type { PlatesWork } from './plates.worker.ts';

/** Letters are set in a thread of their own: a hundred plates take a second. */
export const platesThread = openThread<PlatesWork>(threadBeside('plates', import.meta.url), {
  idleMs: 30_000,
  memoryMb: 512,
});
