import cluster from 'node:cluster';
import { onStop } from './kernel/child.ts';
import type { Config } from './kernel/config.ts';
import { keepRunning, type Running } from './kernel/keep.ts';
import type { Logger } from './kernel/log.ts';

const STOPS_WITHIN_MS = 12_000;

/**
 * Several ingest processes behind one pair of ports: this one only takes connections in and hands them out in turn, and
 * starts a process again that ended by itself. The others find each other by the stream, not through this one.
 */
export async function runMany({ ingestProcesses }: Config, log: Logger): Promise<void> {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const say = (line: string): void => log.warn(line);
  const stops: (() => Promise<void>)[] = [];
  onStop(async () => void (await Promise.all(stops.map((stop) => stop()))));
  for (let number = 0; number < ingestProcesses; number += 1) {
    stops.push(await keepRunning({ name: `ingest ${number}`, start: () => Promise.resolve(begin(number, log)), say }));
  }
}

function begin(number: number, log: Logger): Running {
  const worker = cluster.fork({ TIAN_INGEST_NUMBER: String(number) });
  log.info({ number, pid: worker.process.pid }, 'an ingest process was started');
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    worker.process.kill('SIGTERM');
    const hard = setTimeout(() => worker.process.kill('SIGKILL'), STOPS_WITHIN_MS);
    await ended;
    clearTimeout(hard);
  };
  return { ended, stop };
}
