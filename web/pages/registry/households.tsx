import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { flatInFull, Household } from '../../../contract/registry-households.ts';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Failing, Loading } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { OpenList } from './open-list.tsx';
import './file.css';

const TONES = { asked: 'warn', verified: 'good', refused: 'danger', ended: 'plain' } as const;

/** 业主: an owner asks for the building he lives in, the street confirms it. */
export function HouseholdsPage() {
  const { role } = useMe();
  return role === 'owner' ? <OwnHouseholds /> : <OfficeHouseholds />;
}

function State({ item }: { item: Household }) {
  const say = useSay();
  return <Mark tone={TONES[item.state]}>{say(`web.households.state.${item.state}`)}</Mark>;
}

function useRead() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['registry', '/households'] });
}

function OfficeHouseholds() {
  const say = useSay();
  const columns: readonly Column<Household>[] = [
    { key: 'number', title: say('web.households.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'building', title: say('web.households.building'), cell: (row) => row.address, wide: true },
    { key: 'unit', title: say('web.households.unit'), cell: (row) => row.unit },
    { key: 'asked', title: say('web.households.asked'), cell: (row) => <When at={row.askedAt} /> },
    { key: 'state', title: say('web.households.state'), cell: (row) => <State item={row} /> },
  ];
  return (
    <OpenList<Household>
      title={say('web.menu.households')}
      note={say('web.households.what_office')}
      path="/households"
      over={say('web.households.settled')}
      empty={{ title: say('web.households.empty_office'), hint: say('web.households.empty_office_hint') }}
      columns={columns}
      sheet={(item) => <OfficeSheet key={`${item.id} ${item.state}`} item={item} />}
    />
  );
}

function OfficeSheet({ item }: { item: Household }) {
  const say = useSay();
  const read = useRead();
  const { id, address, state } = item;
  const [flat, setFlat] = useState<string | null>(null); // in full, once somebody has said why
  const unit = flat ?? item.unit;
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{address}</h1>
        <p>
          {unit} · <State item={item} />
        </p>
        <p className="muted">
          {say('web.households.number')} <code>{item.number}</code>
        </p>
      </header>
      {item.reason ? (
        <p>
          {say('web.households.reason')} · {item.reason}
        </p>
      ) : null}
      {flat === null && item.unit !== '' ? <FlatLook id={id} onShown={setFlat} /> : null}
      <div className="row wrap">
        {state === 'asked' ? (
          <ActButton
            primary
            label={say('web.households.confirm')}
            confirm={{
              title: say('web.households.confirm_title', { address, unit }),
              consequence: say('web.households.confirm_means'),
            }}
            onAct={async () => {
              await post(`/households/${id}/verification`);
              await read();
            }}
          />
        ) : null}
        {state === 'asked' || state === 'verified' ? (
          <ActButton
            label={say(state === 'asked' ? 'web.households.refuse' : 'web.households.end')}
            confirm={{
              title: say('web.households.end_title', { address, unit }),
              consequence: say('web.households.end_means'),
              reason: say('web.households.end_reason'),
            }}
            onAct={async (reason) => {
              await post(`/households/${id}/ending`, { reason });
              await read();
            }}
          />
        ) : null}
      </div>
    </article>
  );
}

/** The flat in full, for a reason that is written down. */
function FlatLook({ id, onShown }: { id: string; onShown: (unit: string) => void }) {
  const say = useSay();
  const act = useAct();
  const [reason, setReason] = useState('');
  const look = async () => {
    const { unit } = await post<z.infer<typeof flatInFull>>(`/households/${id}/unmasking`, { reason });
    onShown(unit);
  };
  return (
    <Form act={act} submit={say('web.households.look')} onSubmit={() => void act.run(look)}>
      <TextField
        label={say('web.people.reason')}
        hint={say('web.people.reason_hint')}
        value={reason}
        onChange={setReason}
        fault={faultsByField(act.problem)['reason']}
      />
    </Form>
  );
}

function OwnHouseholds() {
  const say = useSay();
  const own = useRows<Household>('registry', '/households', { open: 'false' });
  return (
    <Page title={say('web.menu.households')} note={say('web.households.what_owner')}>
      {own.error ? (
        <Failing error={own.error} onRetry={own.again} />
      ) : own.rows ? (
        <Panel title={say('web.households.building')}>
          {own.rows.length === 0 ? (
            <Empty title={say('web.households.empty_owner')} hint={say('web.households.empty_owner_hint')} />
          ) : (
            own.rows.map((item) => <OwnLine key={item.id} item={item} />)
          )}
        </Panel>
      ) : (
        <Loading lines={3} />
      )}
      <Panel title={say('web.households.ask')}>
        <AskForm />
      </Panel>
    </Page>
  );
}

function OwnLine({ item }: { item: Household }) {
  const say = useSay();
  return (
    <div className="stack household">
      <p className="row wrap">
        <strong>{item.address}</strong>
        <span>{item.unit}</span>
        <State item={item} />
      </p>
      {item.state === 'asked' ? <p>{say('web.households.next_step', { number: item.number })}</p> : null}
      {item.reason ? (
        <p>
          {say('web.households.reason')} · {item.reason}
        </p>
      ) : null}
      <p className="muted small">
        {say('web.households.asked')} <When at={item.askedAt} />
      </p>
    </div>
  );
}

function AskForm() {
  const say = useSay();
  const act = useAct();
  const read = useRead();
  const [given, setGiven] = useState({ code: '', unit: '' });
  const faults = faultsByField(act.problem);
  const send = async () => {
    await post('/households', given);
    setGiven({ code: '', unit: '' });
    await read();
  };
  return (
    <Form act={act} submit={say('web.households.send')} onSubmit={() => void act.run(send)}>
      <TextField
        label={say('web.households.code')}
        hint={say('web.households.code_hint')}
        value={given.code}
        onChange={(code) => setGiven({ ...given, code })}
        fault={faults['code']}
      />
      <TextField
        label={say('web.households.unit')}
        hint={say('web.households.unit_hint')}
        value={given.unit}
        onChange={(unit) => setGiven({ ...given, unit })}
        fault={faults['unit']}
      />
    </Form>
  );
}
