import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import Select from 'antd/es/select/index.js';
import { Link, useNavigate, useParams } from 'react-router';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { linesOf, type ProductText } from './product-lines.ts';
import { SaleMark } from './products.tsx';

/** A product as it was filed. */
export const useProduct = (id: string) =>
  useQuery({
    queryKey: ['insurance', `/insurance/products/${id}`],
    queryFn: ({ signal }) => get<ProductText>(`/insurance/products/${id}`, undefined, signal),
    enabled: id !== '',
  });

/** One version of a product, whole. Once a quote used it, it only can be followed by another. */
export function ProductPage() {
  const say = useSay();
  const { id = '' } = useParams();
  const read = useProduct(id);
  return (
    <Page
      title={read.data?.body.name ?? say('web.policy.product')}
      actions={<Link to={paths.products()}>{say('web.product.all')}</Link>}
    >
      <Loaded query={read} lines={14}>
        {(product) => <Whole product={product} />}
      </Loaded>
    </Page>
  );
}

function Whole({ product }: { product: ProductText }) {
  const say = useSay();
  const word = useWord();
  const lines = linesOf(product.body, { say, word });
  const parts = [...new Set(lines.map((l) => l.part))];
  return (
    <>
      <Panel title={say('web.products.version', { n: product.version })} actions={<Acts product={product} />}>
        <Facts
          rows={[
            [say('web.products.scheme'), product.scheme],
            [say('web.products.insurer'), product.insurer ?? say('web.products.pool')],
            [say('web.policies.state'), <SaleMark key="sale" {...product.body} />],
            [
              say('web.products.version_name'),
              <Mark key="used" tone={product.used ? 'plain' : 'unknown'}>
                {say(product.used ? 'web.products.used' : 'web.products.unused')}
              </Mark>,
            ],
          ]}
        />
        {product.used && product.mayFile ? <p className="muted">{say('web.product.fixed')}</p> : null}
      </Panel>
      {parts.map((part) => (
        <Panel key={part} title={part}>
          <Facts rows={lines.filter((l) => l.part === part).map((l) => [l.name, l.value] as const)} />
        </Panel>
      ))}
    </>
  );
}

function Acts({ product }: { product: ProductText }) {
  const say = useSay();
  const navigate = useNavigate();
  const others = product.versions.filter((v) => v.id !== product.id);
  return (
    <>
      {others.length > 0 ? (
        <Select
          aria-label={say('web.product.compare_with')}
          placeholder={say('web.product.compare_with')}
          value={null}
          options={others.map((v) => ({
            value: v.id,
            label: `${say('web.products.version', { n: v.version })} · ${v.from}`,
          }))}
          onChange={(other: string | null) => other && void navigate(paths.productVersions(product.id, other))}
        />
      ) : null}
      {product.mayFile ? (
        <Link to={paths.fileProduct(product.schemeId, product.id)}>
          <Button type="primary">{say('web.product.new_version')}</Button>
        </Link>
      ) : null}
    </>
  );
}
