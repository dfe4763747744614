import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { gapWork } from '../../../contract/registry-documents.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';

type Work = z.infer<typeof gapWork>;
type Line = Work['items'][number];

/** What the files one sees still lack, and who can mend it: one's own first; each line opens its elevators. */
export function GapsPage() {
  const say = useSay();
  const work = useQuery({
    queryKey: ['registry', '/registry/gaps'],
    queryFn: ({ signal }) => get<Work>('/registry/gaps', {}, signal),
  });
  return (
    <Page title={say('web.menu.gaps')} note={say('web.gaps.what')}>
      <Loaded query={work} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('web.gaps.empty')} hint={say('web.gaps.empty_hint')} />
          ) : (
            <>
              <Gaps title={say('web.gaps.mine')} rows={items.filter(({ mine }) => mine)} />
              <Gaps title={say('web.gaps.others')} rows={items.filter(({ mine }) => !mine)} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Gaps({ title, rows }: { title: string; rows: readonly Line[] }) {
  const say = useSay();
  const word = useWord();
  const navigate = useNavigate();
  return (
    <Panel flush title={title}>
      {rows.length === 0 ? (
        <Empty title={say('web.gaps.none')} />
      ) : (
        <DataTable
          short
          label={title}
          rows={rows}
          rowId={(row) => row.code}
          onOpen={(code) => void navigate(paths.elevators({ gap: code }))}
          columns={[
            { key: 'gap', title: say('web.gaps.gap'), cell: (row) => say(row.code), wide: true },
            {
              key: 'by',
              title: say('web.gaps.by'),
              cell: (row) =>
                row.mine ? (
                  <Mark tone="accent">{word('registry.gap_by', row.by)}</Mark>
                ) : (
                  word('registry.gap_by', row.by)
                ),
            },
            { key: 'points', title: say('web.gaps.points'), numeric: true, cell: (row) => row.points },
            {
              key: 'elevators',
              title: say('web.gaps.elevators'),
              numeric: true,
              cell: (row) => row.elevators.toLocaleString('en-US'),
            },
          ]}
        />
      )}
    </Panel>
  );
}
