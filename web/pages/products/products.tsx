import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { Link, useNavigate } from 'react-router';
import type { z } from 'zod';
import type { schemeList, schemeView } from '../../../contract/insurance-filing.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';
import { AppointForm } from './appoint-form.tsx';

type Scheme = z.infer<typeof schemeView>;
type Product = Scheme['products'][number];

/** Every scheme with its products, version by version. Public text: whoever pays may read what he pays for. */
export function ProductsPage() {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/schemes'],
    queryFn: ({ signal }) => get<z.infer<typeof schemeList>>('/insurance/schemes', undefined, signal),
  });
  return (
    <Page title={say('web.menu.products')} note={say('web.products.what')}>
      <Loaded query={read} lines={10}>
        {({ items }) => items.map((scheme) => <SchemePanel key={scheme.id} scheme={scheme} />)}
      </Loaded>
    </Page>
  );
}

function SchemePanel({ scheme }: { scheme: Scheme }) {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const { products, members } = scheme;
  const about = [
    word('insurance.kind', scheme.kind),
    word('web.products.market', scheme.market),
    ...(scheme.broker ? [say('web.products.broker', { name: scheme.broker })] : []),
    ...members.map((m) => `${m.name} ${m.shareBp / 100}%`),
  ];
  return (
    <Panel
      flush
      title={scheme.name}
      actions={
        <>
          <span className="muted small">{about.join(' · ')}</span>
          {role === 'city_regulator' ? <AppointForm schemeId={scheme.id} /> : null}
          {scheme.mayFile ? (
            <Link to={paths.fileProduct(scheme.id)}>
              <Button type="primary">{say('web.products.file')}</Button>
            </Link>
          ) : null}
        </>
      }
    >
      {products.length === 0 ? (
        <Empty title={say('web.products.none')} hint={say('web.products.none_hint')} />
      ) : (
        <Products name={scheme.name} products={products} />
      )}
    </Panel>
  );
}

/** Is it sold today? A product without a filing number is a draft: nobody can be quoted by it. */
export function SaleMark({ filingNo, from, to }: { filingNo: string; from: string; to: string | null }) {
  const say = useSay();
  const day = cityDay(today());
  if (filingNo === '') return <Mark tone="warn">{say('web.products.draft')}</Mark>;
  if (from > day && (to === null || to >= from)) return <Mark tone="accent">{say('web.products.later')}</Mark>;
  if (to !== null && to < day) return <Mark tone="unknown">{say('web.products.over')}</Mark>;
  return <Mark tone="good">{say('web.products.on_sale')}</Mark>;
}

function Products({ name, products }: { name: string; products: readonly Product[] }) {
  const say = useSay();
  const word = useWord();
  const navigate = useNavigate();
  return (
    <DataTable
      short
      label={name}
      rows={products}
      rowId={(row) => row.id}
      onOpen={(id) => void navigate(paths.product(id))}
      columns={[
        { key: 'name', title: say('web.policy.product'), wide: true, cell: (row) => row.name },
        { key: 'version', title: word('web.product.f', 'code'), cell: (row) => <code>{row.code}</code> },
        {
          key: 'n',
          title: say('web.products.version_name'),
          cell: (row) => say('web.products.version', { n: row.version }),
        },
        {
          key: 'insurer',
          title: say('web.products.insurer'),
          cell: (row) => row.insurer ?? say('web.products.pool'),
        },
        { key: 'filing', title: word('web.product.f', 'filingNo'), cell: (row) => row.filingNo || '—' },
        { key: 'from', title: word('web.product.f', 'from'), cell: (row) => <Day on={row.from} /> },
        { key: 'to', title: word('web.product.f', 'to'), cell: (row) => <Day on={row.to} /> },
        { key: 'sale', title: say('web.policies.state'), cell: (row) => <SaleMark {...row} /> },
        {
          key: 'coverages',
          title: word('web.product.part', 'coverages'),
          wide: true,
          cell: (row) => row.coverages.map((c) => c.name).join(say('web.and')),
        },
      ]}
    />
  );
}
