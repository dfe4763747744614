import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { productFiled } from '../../../contract/insurance-filing.ts';
import { post } from '../../api.ts';
import { usePreferences } from '../../preferences.ts';
import { type Problem, problemOf, problemWords } from '../../problem.ts';
import { type Say, useSay, useWord } from '../../say.ts';
import type { Draft } from './product-lines.ts';

export type Check = { isRunning: boolean; version: number | null; faults: readonly string[] };

const PAUSE_MS = 500;

/** What the server finds wrong in a draft, asked whenever typing pauses: the same rules that decide the filing. */
export function useCheck(schemeId: string, draft: Draft): Check {
  const say = useSay();
  const word = useWord();
  const { language } = usePreferences();
  const [still, setStill] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setStill(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  const { data, isFetching } = useQuery({
    queryKey: ['product-check', schemeId, still],
    queryFn: () => check(schemeId, still, { say, word, title: (p) => problemWords(p, language).title }),
    placeholderData: (before: Found | undefined) => before,
    retry: false,
    enabled: schemeId !== '',
  });
  return { isRunning: isFetching || still !== draft, version: data?.version ?? null, faults: data?.faults ?? [] };
}

type Found = { version: number | null; faults: readonly string[] };
type Words = {
  say: Say;
  word: (prefix: string, value: string) => string;
  title: (problem: Problem) => string;
};

async function check(schemeId: string, draft: Draft, words: Words): Promise<Found> {
  try {
    const { version } = await post<z.infer<typeof productFiled>>(
      `/insurance/schemes/${schemeId}/products?dry=1`,
      draft,
    );
    return { version, faults: [] };
  } catch (thrown) {
    // A refusal is what was asked for: each fault is shown beside the button.
    const problem = problemOf(thrown);
    const faults = problem.faults ?? [];
    if (faults.length === 0) return { version: null, faults: [words.title(problem)] };
    const isShape = problem.code === 'kernel.invalid';
    const told = faults.map((f) =>
      isShape ? words.say('web.product.unfilled', { where: whereOf(f.field, words) }) : f.message,
    );
    return { version: null, faults: [...new Set(told)] };
  }
}

/** `coverages.0.limits.perPerson` in words: 保障 1 · 每人限额. */
function whereOf(path: string, { word }: Words): string {
  const steps = path.split('.');
  const leaf = steps.findLast((step) => !/^\d+$/.test(step)) ?? path;
  const [part = '', at] = steps;
  const place = /^\d+$/.test(at ?? '')
    ? `${word('web.product.part', part)} ${Number(at) + 1}`
    : word('web.product.part', part);
  return part === leaf
    ? word('web.product.f', word('web.product.part', leaf))
    : `${place} · ${word('web.product.f', leaf)}`;
}
