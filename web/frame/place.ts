import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api.ts';
import { useMe } from '../session.ts';

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

/** The districts a person answers for: those he sees whole, or for whom only a part of one is in reach, that one. */
export function useOwnDistricts(): readonly Division[] {
  const { districts, districtOf } = usePlace();
  const { reach, areas } = useMe();
  if (reach !== 'areas') return districts;
  const own = new Set(areas.map(({ code }) => districtOf(code)));
  return districts.filter(({ code }) => own.has(code));
}

function placeOf(divisions: readonly Division[]) {
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  const byCode = new Map(divisions.map((one) => [one.code, one]));
  return {
    city: divisions.find(({ level }) => level === 'city')?.name ?? '',
    districts: divisions.filter(({ level, validTo }) => level === 'district' && validTo === null),
    hasEnded: (code: string | null): boolean => divisions.some((one) => one.code === code && one.validTo !== null),
    districtOf: (code: string): string | undefined => {
      let at = byCode.get(code);
      while (at && at.level !== 'district' && at.parentCode !== null) at = byCode.get(at.parentCode);
      return at?.level === 'district' ? at.code : undefined;
    },
    nameOf: (code: string | null): string => (code === null ? '' : (names.get(code) ?? code)),
  };
}
