import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { ElevatorLine, elevatorFacets } from '../../../contract/registry.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { ColumnsButton, useColumns } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { ExportButton } from '../../ui/list/export-button.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { sortQuery, useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useElevatorColumns } from './elevator-columns.tsx';
import { FILTER_NAMES, useElevatorFilters } from './elevator-filters.ts';
import { ElevatorFile } from './file.tsx';
import { PrintMenu } from './print-menu.tsx';

export type Facets = z.infer<typeof elevatorFacets>;

/** All elevators a person may see: narrow, sort, open one beside the list. */
export function ElevatorsPage() {
  const say = useSay();
  const state = useListState(FILTER_NAMES);
  const query = useMemo(() => ({ ...state.filters, ...sortQuery(state.sort) }), [state.filters, state.sort]);
  const rows = useRows<ElevatorLine>('registry', '/elevators', query);
  const facets = useFacets(state.filters);
  const chooser = useColumns('elevators', useElevatorColumns());
  const filters = useElevatorFilters(facets);
  return (
    <Page
      title={say('web.menu.elevators')}
      actions={
        <>
          <ColumnsButton chooser={chooser} />
          <PrintMenu plates={state.filters} signs={state.filters} />
          <ExportButton path="/elevators/export" query={query} />
        </>
      }
    >
      <FilterBar state={state} filters={filters} />
      <WithDrawer
        label={say('web.elevator.file')}
        onClose={() => state.setOpen('')}
        {...(state.open ? { page: paths.elevator(state.open) } : {})}
        list={
          <ListBody
            label={say('web.menu.elevators')}
            state={state}
            rows={rows}
            total={facets?.total}
            file={null}
            columns={chooser.shown}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.elevators.empty')} hint={say('web.elevators.empty_hint')} />}
          />
        }
      >
        {state.open ? <ElevatorFile key={state.open} id={state.open} inDrawer /> : null}
      </WithDrawer>
    </Page>
  );
}

/** How many match and how they spread: the numbers behind the filter's choices. */
function useFacets(filters: Readonly<Record<string, string>>): Facets | undefined {
  const { data } = useQuery({
    queryKey: ['registry', '/elevators/facets', filters],
    queryFn: ({ signal }) => get<Facets>('/elevators/facets', filters, signal),
    placeholderData: keepPreviousData,
  });
  return data;
}
