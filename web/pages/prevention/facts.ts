import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { preventionFacts } from '../../../contract/prevention.ts';
import { get } from '../../api.ts';

type Facts = z.infer<typeof preventionFacts>;
const NONE: Facts = { categories: [], checklist: [], findingDays: { general: 0, serious: 0, urgent: 0 } };

/** The city's kinds of findings and check list; the names of its codes. */
export function useFacts() {
  const { data } = useQuery({
    queryKey: ['prevention', '/prevention/facts'],
    queryFn: () => get<Facts>('/prevention/facts'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const facts = data ?? NONE;
  const nameIn = (list: Facts['categories'], code: string) => list.find((one) => one.code === code)?.name ?? code;
  return {
    facts,
    isRead: data !== undefined,
    category: (code: string) => nameIn(facts.categories, code),
    check: (code: string) => nameIn(facts.checklist, code),
  };
}
