import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { coverageList } from '../../../contract/insurance-coverage.ts';
import { post } from '../../api.ts';
import { useOwnDistricts, usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day, When } from '../../ui/when.tsx';

type Row = z.infer<typeof coverageList>['items'][number];
const NAMES = ['on', 'insured', 'district', 'place', 'without', 'kind', 'payer', 'insurer'] as const;
const STEPS = ['told_unit', 'told_department', 'promised', 'declined', 'insured_elsewhere'] as const;
const MOST_AT_ONCE = 500;

/** The elevators behind a figure of coverage; for the uninsured it is the list officials work through. */
export function CoverageElevatorsPage() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<Row>('insurance', '/insurance/coverage/elevators', state.filters);
  const shown = rows.rows?.find(({ id }) => id === state.open);
  const uninsured = state.filters['insured'] === 'false';
  const title = say(uninsured ? 'web.coverage.uninsured_list' : 'web.coverage.list');
  return (
    <Page
      title={title}
      note={<Link to={paths.coverage()}>{say('web.coverage.back')}</Link>}
      actions={uninsured && rows.rows?.length ? <TellAll rows={rows.rows} /> : null}
    >
      <FilterBar state={state} finder={null} filters={useFilters()} />
      <WithDrawer
        label={title}
        onClose={() => state.setOpen('')}
        {...(shown ? { page: paths.elevator(shown.id) } : {})}
        list={
          <ListBody
            label={title}
            state={state}
            rows={rows}
            columns={useCoverageColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.coverage.list_empty')} hint={say('web.coverage.list_empty_hint')} />}
          />
        }
      >
        {shown ? <Sheet key={shown.id} row={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useFilters() {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  const districts = useOwnDistricts();
  const yesNo = ['true', 'false'].map((value) => ({ value, label: say(`web.coverage.insured.${value}`) }));
  const kinds = ['liability', 'comprehensive', 'pension'].map((value) => ({
    value,
    label: word('insurance.kind', value),
  }));
  const placesOf = (value: string) =>
    value
      .split(',')
      .map((p) => word('registry.place_class', p))
      .join(say('web.and'));
  return [
    { name: 'insured', label: say('web.coverage.cover'), options: yesNo },
    {
      name: 'district',
      label: say('web.coverage.by.district'),
      options: districts.map((d) => ({ value: d.code, label: d.name })),
    },
    { name: 'kind', label: say('web.coverage.kind'), options: kinds },
    { name: 'place', label: say('web.coverage.by.place'), wordOf: placesOf },
    {
      name: 'without',
      label: say('web.coverage.left_out'),
      wordOf: (value: string) => value.split(',').map(nameOf).join(say('web.and')),
    },
    { name: 'payer', label: say('web.coverage.by.payer'), wordOf: (value: string) => word('insurance.payer', value) },
    { name: 'insurer', label: say('web.coverage.by.insurer'), wordOf: () => say('web.coverage.chosen') },
    { name: 'on', label: say('web.coverage.on') },
  ];
}

function useCoverageColumns(): readonly Column<Row>[] {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  return [
    { key: 'code', title: say('web.elevators.column.rescue_code'), cell: (row) => <code>{row.code ?? '—'}</code> },
    { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
    { key: 'district', title: say('web.coverage.by.district'), cell: (row) => nameOf(row.district) },
    {
      key: 'place',
      title: say('web.coverage.by.place'),
      cell: (row) => (row.place ? word('registry.place_class', row.place) : '—'),
    },
    { key: 'unit', title: say('web.elevators.useOrg'), cell: (row) => row.useUnit ?? '—', wide: true },
    { key: 'cover', title: say('web.coverage.cover'), cell: (row) => <CoverMark row={row} /> },
    { key: 'until', title: say('web.coverage.until'), cell: (row) => <Day on={row.policy?.to} /> },
    {
      key: 'step',
      title: say('web.coverage.follow_up'),
      cell: (row) => (row.followUp ? say(`web.coverage.step.${row.followUp.step}`) : <span className="muted">—</span>),
    },
  ];
}

function CoverMark({ row: { policy } }: { row: Row }) {
  const say = useSay();
  if (!policy) return <Mark tone="unknown">{say('web.coverage.insured.false')}</Mark>;
  return (
    <Mark tone={policy.unconfirmed ? 'unknown' : 'good'} title={policy.number}>
      {policy.unconfirmed ? say('web.coverage.unconfirmed') : (policy.insurer ?? policy.number)}
    </Mark>
  );
}

function Sheet({ row }: { row: Row }) {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{row.address}</h1>
        <Link to={paths.elevator(row.id)}>{say('web.elevator.file')}</Link>
      </header>
      <Facts
        rows={[
          [say('web.elevators.column.rescue_code'), row.code],
          [say('web.coverage.by.district'), nameOf(row.district)],
          [say('web.elevators.useOrg'), row.useUnit],
          [say('web.coverage.policy'), row.policy?.number],
          [say('web.coverage.by.insurer'), row.policy?.insurer],
          [say('web.coverage.kind'), row.policy ? word('insurance.kind', row.policy.kind) : null],
          [say('web.coverage.until'), row.policy?.to],
        ]}
      />
      {row.followUp ? (
        <p>
          <When at={row.followUp.at} /> {say(`web.coverage.step.${row.followUp.step}`)} {row.followUp.note}
        </p>
      ) : null}
      {row.policy ? null : <FollowUp elevatorId={row.id} />}
    </article>
  );
}

function FollowUp({ elevatorId }: { elevatorId: string }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ step: '', note: '' });
  const send = async () => {
    await post('/insurance/coverage/followups', { elevatorIds: [elevatorId], ...given });
    setGiven({ step: '', note: '' });
    await queries.invalidateQueries({ queryKey: ['insurance', '/insurance/coverage/elevators'] });
  };
  return (
    <Form act={act} submit={say('web.coverage.note_it')} onSubmit={() => void act.run(send)}>
      <h2>{say('web.coverage.follow_up')}</h2>
      <ChoiceField
        label={say('web.coverage.done')}
        options={STEPS.map((step) => ({ value: step, label: say(`web.coverage.step.${step}`) }))}
        value={given.step}
        onChange={(step) => setGiven({ ...given, step })}
      />
      <TextField
        label={say('web.coverage.note')}
        value={given.note}
        onChange={(note) => setGiven({ ...given, note })}
      />
    </Form>
  );
}

/** Note for all that are shown that their units were told: one act, with its number asked first. */
function TellAll({ rows }: { rows: readonly Row[] }) {
  const say = useSay();
  const queries = useQueryClient();
  const ids = rows.slice(0, MOST_AT_ONCE).map((row) => row.id);
  return (
    <ActButton
      label={say('web.coverage.tell_all')}
      confirm={{
        title: say('web.coverage.tell_all'),
        consequence: say('web.coverage.tell_all_means', { n: ids.length }),
      }}
      onAct={async () => {
        await post('/insurance/coverage/followups', { elevatorIds: ids, step: 'told_unit' });
        await queries.invalidateQueries({ queryKey: ['insurance', '/insurance/coverage/elevators'] });
      }}
    />
  );
}
