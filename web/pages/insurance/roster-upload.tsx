import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { productList } from '../../../contract/insurance.ts';
import type { boundMany } from '../../../contract/insurance-batches.ts';
import type { rosterDone } from '../../../contract/insurance-intake.ts';
import { get, post, queryText } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Empty } from '../../ui/states.tsx';
import { TableUpload } from '../../ui/table-upload.tsx';
import { tomorrow } from './insure.tsx';

type Done = z.infer<typeof rosterDone>;

/** A roster by table: take the template, send it for a look, then in earnest. Every bad row is named with its line. */
export function RosterUpload() {
  const say = useSay();
  const products = useQuery({
    queryKey: ['insurance', '/insurance/products'],
    queryFn: ({ signal }) => get<z.infer<typeof productList>>('/insurance/products', undefined, signal),
  });
  const [given, setGiven] = useState({ productId: '', from: tomorrow() });
  const sold = (products.data?.items ?? []).filter((p) => p.filingNo !== '');
  const productId = given.productId || (sold.length === 1 ? (sold[0]?.id ?? '') : '');
  return (
    <TableUpload<Done>
      words={{
        what: say('web.roster.what'),
        template: say('web.roster.template'),
        look: say('web.roster.look'),
        send: say('web.roster.send'),
      }}
      template="/insurance/rosters/template.xlsx"
      to={(dry) => `/insurance/rosters${queryText({ ...given, productId, dry })}`}
      area="insurance"
      outcome={(done) => (
        <>
          <Outcome done={done} />
          {done.dry ? null : <Then done={done} />}
        </>
      )}
    >
      {sold.length > 1 ? (
        <ChoiceField
          label={say('web.policy.product')}
          options={sold.map((p) => ({ value: p.id, label: `${p.scheme} · ${p.name}` }))}
          value={given.productId}
          onChange={(value) => setGiven({ ...given, productId: value })}
        />
      ) : null}
      <TextField
        type="date"
        label={say('web.insure.from')}
        value={given.from}
        onChange={(from) => setGiven({ ...given, from })}
      />
    </TableUpload>
  );
}

/** What comes after the quotes: all of them bound in one act, each that may not be named with its reason. */
function Then({ done }: { done: Done }) {
  const say = useSay();
  const queries = useQueryClient();
  const [bound, setBound] = useState<z.infer<typeof boundMany> | null>(null);
  const holders = new Map(done.groups.flatMap((g) => (g.quoteId ? [[g.quoteId, g.holder] as const] : [])));
  const bind = async () => {
    const bindings = [...holders.keys()].map((quoteId) => ({ quoteId }));
    setBound(await post<z.infer<typeof boundMany>>('/insurance/policies/binding', { bindings }, crypto.randomUUID()));
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const refused = bound?.items.filter((item) => item.policyId === null) ?? [];
  return (
    <>
      <div className="row">
        {holders.size > 0 && !bound ? (
          <ActButton
            primary
            label={say('web.roster.bind', { n: holders.size })}
            confirm={{ title: say('web.roster.bind', { n: holders.size }), consequence: say('web.roster.bind_means') }}
            onAct={bind}
          />
        ) : null}
        <Link to={bound ? paths.policies() : paths.quotes()}>
          <Button>{say(bound ? 'web.menu.policies' : 'web.quote.all')}</Button>
        </Link>
      </div>
      {bound ? <p role="status">{say('web.roster.bound', { n: bound.bound, refused: refused.length })}</p> : null}
      {refused.length > 0 ? (
        <DataTable
          short
          label={say('web.roster.unbound')}
          rows={refused}
          rowId={(row) => row.quoteId}
          columns={[
            {
              key: 'holder',
              title: say('web.policy.holder'),
              cell: (row) => <Link to={paths.quote(row.quoteId)}>{holders.get(row.quoteId) ?? ''}</Link>,
            },
            { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => row.why },
          ]}
        />
      ) : null}
    </>
  );
}

function Outcome({ done }: { done: Done }) {
  const say = useSay();
  return (
    <section className="file-part" aria-live="polite">
      <h2>
        {say(done.dry ? 'web.roster.would' : 'web.roster.did', {
          rows: done.rows,
          taken: done.taken,
          faults: done.faults.length,
        })}
      </h2>
      {done.groups.length === 0 ? <Empty title={say('web.roster.nobody')} /> : <Groups done={done} />}
      {done.faults.length > 0 ? (
        <DataTable
          short
          label={say('web.roster.faults')}
          rows={done.faults}
          rowId={(row) => String(row.row)}
          columns={[
            { key: 'row', title: say('web.roster.row'), numeric: true, cell: (row) => row.row },
            { key: 'code', title: say('web.policy.code'), cell: (row) => row.code || '—' },
            { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => row.why },
          ]}
        />
      ) : null}
    </section>
  );
}

function Groups({ done }: { done: Done }) {
  const say = useSay();
  return (
    <DataTable
      short
      label={say('web.roster.groups')}
      rows={done.groups}
      rowId={(row) => row.holderOrgId}
      columns={[
        {
          key: 'holder',
          title: say('web.policy.holder'),
          wide: true,
          cell: (row) => (row.quoteId ? <Link to={paths.quote(row.quoteId)}>{row.holder}</Link> : row.holder),
        },
        { key: 'asked', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
        { key: 'rated', title: say('web.roster.rated'), numeric: true, cell: (row) => row.rated },
        { key: 'refused', title: say('web.quotes.refused'), numeric: true, cell: (row) => row.refused },
        {
          key: 'double',
          title: say('web.roster.double'),
          cell: (row) =>
            row.coveredAlready > 0 ? (
              <Mark tone="warn">{say('web.roster.double_n', { n: row.coveredAlready })}</Mark>
            ) : (
              '—'
            ),
        },
        { key: 'total', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.total) },
        { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => row.why ?? '' },
      ]}
    />
  );
}
