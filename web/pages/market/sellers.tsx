import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { sellerItem } from '../../../contract/market.ts';
import { post } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ManyField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Seller = z.infer<typeof sellerItem>;
const NONE: readonly string[] = [];

/** The register of those who sell: the insurer keeps it, regulators read it. */
export function SellersPage() {
  const say = useSay();
  const { role } = useMe();
  const state = useListState(NONE);
  const rows = useRows<Seller>('market', '/market/salespeople', {});
  const shown = rows.rows?.find(({ id }) => id === state.open);
  const [isRegistering, setRegistering] = useState(false);
  return (
    <Page
      title={say('web.menu.sellers')}
      note={say('web.market.sellers_what')}
      actions={
        role === 'underwriter' && !isRegistering ? (
          <Button type="primary" onClick={() => setRegistering(true)}>
            {say('web.market.register')}
          </Button>
        ) : null
      }
    >
      {isRegistering ? (
        <Panel title={say('web.market.register')}>
          <RegisterForm onDone={() => setRegistering(false)} />
        </Panel>
      ) : null}
      <WithDrawer
        label={say('web.menu.sellers')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.sellers')}
            state={state}
            rows={rows}
            columns={useSellerColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.market.sellers_empty')} hint={say('web.market.sellers_empty_hint')} />}
          />
        }
      >
        {shown ? <SellerSheet key={`${shown.id} ${shown.version}`} seller={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useSellerColumns(): readonly Column<Seller>[] {
  const say = useSay();
  return [
    { key: 'name', title: say('web.market.name'), cell: (row) => row.name },
    { key: 'phone', title: say('web.market.phone'), cell: (row) => row.phone },
    { key: 'licence', title: say('web.market.licence'), cell: (row) => <code>{row.licenceNo}</code> },
    { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer, wide: true },
    { key: 'from', title: say('web.market.from'), cell: (row) => row.fromOn },
    { key: 'placed', title: say('web.market.placed'), numeric: true, cell: (row) => row.placements },
    {
      key: 'state',
      title: say('web.prevention.state'),
      cell: (row) =>
        row.leftOn ? (
          <Mark tone="plain">{say('web.market.left', { on: row.leftOn })}</Mark>
        ) : (
          <Mark tone="good">{say('web.market.selling')}</Mark>
        ),
    },
  ];
}

function SellerSheet({ seller }: { seller: Seller }) {
  const say = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [plain, setPlain] = useState<{ name: string; phone: string } | null>(null);
  const [leftOn, setLeftOn] = useState('');
  const end = async () => {
    await post(`/market/salespeople/${seller.id}/end`, { version: seller.version, leftOn });
    await queries.invalidateQueries({ queryKey: ['market'] });
  };
  return (
    <article className="file-body">
      <h1>{plain?.name ?? seller.name}</h1>
      <Facts
        rows={[
          [say('web.market.phone'), plain?.phone ?? seller.phone],
          [say('web.market.account'), seller.accountTail ? `****${seller.accountTail}` : ''],
          [say('web.market.licence'), seller.licenceNo],
          [say('web.prevention.insurer'), seller.insurer],
          [say('web.market.placed'), seller.placements],
        ]}
      />
      <div className="stack">
        <TextField label={say('web.market.unmask_reason')} value={reason} onChange={setReason} />
        <ActButton
          label={say('web.market.unmask')}
          onAct={async () => setPlain(await post(`/market/salespeople/${seller.id}/unmasking`, { reason }))}
        />
      </div>
      {role === 'underwriter' && !seller.leftOn ? (
        <div className="stack">
          <TextField label={say('web.market.left_on')} type="date" value={leftOn} onChange={setLeftOn} />
          <ActButton
            label={say('web.market.end')}
            confirm={{ title: seller.licenceNo, consequence: say('web.market.end_consequence') }}
            onAct={end}
          />
        </div>
      ) : null}
    </article>
  );
}

const EMPTY = { name: '', phone: '', account: '', licenceNo: '', fromOn: '' };

function RegisterForm({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const { districts } = usePlace();
  const [given, setGiven] = useState(EMPTY);
  const [areas, setAreas] = useState<string[]>([]);
  const set = (field: keyof typeof EMPTY) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    await post('/market/salespeople', { ...given, account: given.account || null, areas });
    await queries.invalidateQueries({ queryKey: ['market'] });
    onDone();
  };
  return (
    <Form act={act} submit={say('web.market.register')} onSubmit={() => void act.run(send)} onCancel={onDone}>
      <TextField label={say('web.market.name')} value={given.name} onChange={set('name')} />
      <TextField label={say('web.market.phone')} value={given.phone} onChange={set('phone')} />
      <TextField label={say('web.market.licence')} value={given.licenceNo} onChange={set('licenceNo')} />
      <TextField label={say('web.market.from')} type="date" value={given.fromOn} onChange={set('fromOn')} />
      <TextField
        label={say('web.market.account')}
        hint={say('web.market.account_hint')}
        value={given.account}
        onChange={set('account')}
      />
      <ManyField
        label={say('web.market.areas')}
        options={districts.map(({ code, name }) => ({ value: code, label: name }))}
        value={areas}
        onChange={setAreas}
      />
    </Form>
  );
}
