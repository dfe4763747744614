import { Link, useParams, useSearchParams } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useProduct } from './product.tsx';
import { linesOf, type ProductText, sideBySide } from './product-lines.ts';

/** Two versions of a product side by side: only what differs. */
export function ProductVersionsPage() {
  const say = useSay();
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const [one, other] = [useProduct(id), useProduct(params.get('other') ?? '')];
  return (
    <Page title={say('web.product.compare')} actions={<Link to={paths.product(id)}>{one.data?.body.name}</Link>}>
      <Loaded query={one} lines={10}>
        {(a) => (
          <Loaded query={other} lines={10}>
            {(b) => <Differences {...(a.version < b.version ? { older: a, newer: b } : { older: b, newer: a })} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Differences({ older, newer }: { older: ProductText; newer: ProductText }) {
  const say = useSay();
  const word = useWord();
  const lines = (p: ProductText) => linesOf(p.body, { say, word });
  const rows = sideBySide(lines(older), lines(newer)).filter((r) => r.differs);
  const versionOf = (p: ProductText) => say('web.products.version', { n: p.version });
  return (
    <Panel flush title={say('web.product.differs', { n: rows.length })}>
      {rows.length === 0 ? (
        <Empty title={say('web.product.same')} />
      ) : (
        <DataTable
          short
          label={say('web.product.compare')}
          rows={rows}
          rowId={(row) => row.key}
          columns={[
            { key: 'part', title: say('web.product.place'), cell: (row) => row.part },
            { key: 'name', title: word('web.product.f', 'name'), cell: (row) => row.name },
            { key: 'one', title: versionOf(older), wide: true, cell: (row) => row.one },
            { key: 'other', title: versionOf(newer), wide: true, cell: (row) => row.other },
          ]}
        />
      )}
    </Panel>
  );
}
