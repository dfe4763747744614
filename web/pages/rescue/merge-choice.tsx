import { useQuery } from '@tanstack/react-query';
import { get } from '../../api.ts';
import { Loaded } from '../../ui/states.tsx';
import { nearestFirst } from './nearby.rules.ts';
import type { Detail, IncidentPage } from './rescue-types.ts';

const MOST_SHOWN = 50;

type Props = { detail: Detail; value: string; onChange: (id: string) => void };

/** The open incident that this one belongs to: the nearest first. */
export function MergeChoice({ detail, value, onChange }: Props) {
  const open = useQuery({
    queryKey: ['rescue', 'open', 'merge'],
    queryFn: ({ signal }) => get<IncidentPage>('/rescue/incidents', { state: 'open', limit: 500 }, signal),
  });
  return (
    <Loaded query={open} lines={1}>
      {({ items }) => (
        <select value={value} onChange={(e) => onChange(e.target.value)}>
          <option value="">—</option>
          {nearestFirst(detail, items)
            .slice(0, MOST_SHOWN)
            .map((i) => (
              <option key={i.id} value={i.id}>
                {i.number} {i.address}
              </option>
            ))}
        </select>
      )}
    </Loaded>
  );
}
