import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api.ts';
import type { Option } from '../../ui/inputs.tsx';

type Named = { id: string; name: string };

/** Organisations to choose from, found by typing. `kept` stays among them, so that a chosen one keeps its name. */
export function useOrgChoice(kept?: Named | null): { options: readonly Option[]; onSearch: (text: string) => void } {
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['identity', '/orgs', 'choice', text],
    queryFn: ({ signal }) => get<{ items: readonly Named[] }>('/orgs', { q: text, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  const all = kept && !found.some(({ id }) => id === kept.id) ? [kept, ...found] : found;
  return { options: all.map(({ id, name }) => ({ value: id, label: name })), onSearch: setText };
}
