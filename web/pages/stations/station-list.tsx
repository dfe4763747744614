import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { post, put } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useOrgChoice } from '../identity/org-choice.ts';
import { EndButton } from './end-button.tsx';
import { KINDS, type Station, useReread, useStations } from './field.ts';

const NEW = 'new';

/** Stations with the people on duty; one is opened beside the list to be changed. */
export function StationsTab({ mayKeep }: { mayKeep: boolean }) {
  const say = useSay();
  const stations = useStations();
  const [open, setOpen] = useState('');
  const chosen = stations.data?.items.find((s) => s.id === open) ?? null;
  const add = mayKeep ? (
    <Button type="primary" onClick={() => setOpen(NEW)}>
      {say('rescue.field.add_station')}
    </Button>
  ) : null;
  return (
    <WithDrawer
      label={say('rescue.field.tab.stations')}
      onClose={() => setOpen('')}
      list={
        <Panel flush title={say('web.stations.list')} actions={add}>
          <Loaded query={stations}>
            {({ items }) => <StationTable rows={items} open={open} onOpen={mayKeep ? setOpen : null} />}
          </Loaded>
        </Panel>
      }
    >
      {open === NEW || chosen ? <StationForm key={open} was={chosen} onDone={() => setOpen('')} /> : null}
    </WithDrawer>
  );
}

type TableProps = { rows: readonly Station[]; open: string; onOpen: ((id: string) => void) | null };

function StationTable({ rows, open, onOpen }: TableProps) {
  const say = useSay();
  if (rows.length === 0) return <Empty title={say('web.stations.empty')} hint={say('web.stations.empty_hint')} />;
  return (
    <DataTable
      short
      label={say('web.stations.list')}
      rows={rows}
      rowId={(row) => row.id}
      open={open}
      {...(onOpen ? { onOpen } : {})}
      columns={[
        { key: 'name', title: say('rescue.field.station_name'), cell: (row) => row.name },
        { key: 'kind', title: say('rescue.field.kind'), cell: (row) => say(`web.stations.kind.${row.kind}`) },
        { key: 'org', title: say('rescue.field.org'), cell: (row) => row.org },
        { key: 'address', title: say('rescue.field.address'), cell: (row) => row.address, wide: true },
        { key: 'rescuers', title: say('web.stations.rescuers'), numeric: true, cell: (row) => row.rescuers },
        {
          key: 'duty',
          title: say('web.stations.on_duty'),
          numeric: true,
          cell: (row) => (row.onDuty > 0 ? row.onDuty : <Mark tone="warn">0</Mark>),
        },
      ]}
    />
  );
}

const factsOf = (was: Station | null) => ({
  name: was?.name ?? '',
  address: was?.address ?? '',
  kind: was?.kind ?? 'maintenance',
  lng: was?.lng?.toString() ?? '',
  lat: was?.lat?.toString() ?? '',
});

const degrees = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function StationForm({ was, onDone }: { was: Station | null; onDone: () => void }) {
  const say = useSay();
  const me = useMe();
  const act = useAct();
  const reread = useReread();
  const orgs = useOrgChoice(me.org);
  const [orgId, setOrgId] = useState(was?.orgId ?? me.org?.id ?? '');
  const [given, setGiven] = useState(factsOf(was));
  const faults = faultsByField(act.problem);
  const text = (name: 'name' | 'address' | 'lng' | 'lat') => ({
    value: given[name],
    onChange: (value: string) => setGiven({ ...given, [name]: value }),
    fault: faults[name],
  });
  const send = async () => {
    const body = { ...given, lng: degrees(given.lng), lat: degrees(given.lat) };
    if (was) await put(`/rescue/stations/${was.id}`, { ...body, version: was.version });
    else await post('/rescue/stations', { ...body, orgId });
    await reread();
    onDone();
  };
  return (
    <div className="form-body stack">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <h2>{say(was ? 'rescue.field.edit_station' : 'rescue.field.add_station')}</h2>
        {was ? null : (
          <ChoiceField
            label={say('rescue.field.org')}
            {...orgs}
            value={orgId}
            onChange={setOrgId}
            fault={faults['orgId']}
          />
        )}
        <TextField label={say('rescue.field.station_name')} {...text('name')} />
        <ChoiceField
          label={say('rescue.field.kind')}
          options={KINDS.map((kind) => ({ value: kind, label: say(`web.stations.kind.${kind}`) }))}
          value={given.kind}
          onChange={(kind) => setGiven({ ...given, kind: KINDS.find((k) => k === kind) ?? 'maintenance' })}
        />
        <TextField label={say('rescue.field.address')} {...text('address')} />
        <TextField label={say('rescue.field.lng')} hint={say('rescue.field.place_hint')} {...text('lng')} />
        <TextField label={say('rescue.field.lat')} {...text('lat')} />
      </Form>
      {was ? (
        <EndButton
          label={say('rescue.field.close_station')}
          title={say('rescue.field.close_station_title', { name: was.name })}
          means={say('rescue.field.close_station_means')}
          path={`/rescue/stations/${was.id}/close`}
          onDone={onDone}
        />
      ) : null}
    </div>
  );
}
