import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { elevatorCover } from '../../../contract/insurance-policies.ts';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';
import { toneOf } from './policy-words.ts';

type Cover = z.infer<typeof elevatorCover>;

/** What the elevator is covered by today, and was before. */
export function CoverTab({ elevator }: { elevator: ElevatorFileView }) {
  const say = useSay();
  const word = useWord();
  const path = `/insurance/elevators/${elevator.id}/cover`;
  const read = useQuery({
    queryKey: ['insurance', path],
    queryFn: ({ signal }) => get<Cover>(path, undefined, signal),
  });
  return (
    <Loaded query={read}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={say('web.cover.none')} hint={say('web.cover.none_hint')} />
        ) : (
          <DataTable
            short
            label={say('web.elevator.tab.cover')}
            rows={items}
            rowId={(row) => `${row.policyId} ${row.from}`}
            columns={[
              {
                key: 'now',
                title: say('web.cover.now'),
                cell: (row) => (
                  <Mark tone={row.inForce ? 'good' : 'unknown'}>
                    {row.inForce ? say('web.cover.in_force') : word('web.policy.state', row.state)}
                  </Mark>
                ),
              },
              {
                key: 'number',
                title: say('web.policy.number'),
                cell: (row) => <Link to={paths.policy(row.policyId)}>{row.number}</Link>,
              },
              { key: 'kind', title: say('web.cover.kind'), cell: (row) => word('insurance.kind', row.kind) },
              { key: 'lead', title: say('web.policy.lead'), cell: (row) => row.lead },
              { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
              { key: 'to', title: say('web.policy.to'), cell: (row) => <Day on={row.to} /> },
              {
                key: 'where',
                title: say('web.cover.where'),
                cell: (row) =>
                  row.elsewhere ? (
                    <Mark tone={row.confirmed ? 'good' : 'unknown'}>
                      {say(row.confirmed ? 'web.policy.confirmed' : 'web.policy.unconfirmed')}
                    </Mark>
                  ) : (
                    <Mark tone={toneOf(row.state)}>{say('web.cover.here')}</Mark>
                  ),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}
