import type { Item, Outcome } from './gather.ts';

/** What a batch is answered: counts, and a line for each message that was not taken. */
export type BatchAnswer = {
  received: number;
  stored: number;
  repeated: number;
  setAside: number;
  verdicts: { index: number; code: string; detail: string; elevator: string }[];
};

export function answerOf(items: readonly Item[], outcomes: readonly Outcome[]): BatchAnswer {
  const answer: BatchAnswer = { received: items.length, stored: 0, repeated: 0, setAside: 0, verdicts: [] };
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome === 'stored' || outcome === 'repeated') {
      answer[outcome] += 1;
      continue;
    }
    const item = items[index];
    const { detail, elevator } =
      item && 'setAside' in item ? item.setAside : { detail: '/seq', elevator: item ? item.known.id : '' };
    answer.setAside += 1;
    answer.verdicts.push({ index, code: `telemetry.set_aside.${outcome}`, detail, elevator });
  }
  return answer;
}
