import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api.ts';

type Division = { code: string; name: string; level: string; parentCode: string | null; validTo: string | null };

/** The city's divisions: read once, kept; a list of codes becomes a list of names with it. */
export function usePlace() {
  const { data } = useQuery({
    queryKey: ['identity', 'divisions'],
    queryFn: () => get<readonly Division[]>('/divisions'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => placeOf(data ?? []), [data]);
}

function placeOf(divisions: readonly Division[]) {
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  return {
    city: divisions.find(({ level }) => level === 'city')?.name ?? '',
    districts: divisions.filter(({ level, validTo }) => level === 'district' && validTo === null),
    hasEnded: (code: string | null): boolean => divisions.some((one) => one.code === code && one.validTo !== null),
    nameOf: (code: string | null): string => (code === null ? '' : (names.get(code) ?? code)),
  };
}
