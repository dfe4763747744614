import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { productFiled, schemeList } from '../../../contract/insurance-filing.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { problemError } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { ChoiceField } from '../../ui/inputs.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Failing, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { tomorrow } from '../insurance/insure.tsx';
import { CoverageFields } from './coverage-fields.tsx';
import { emptyCoverage, emptyDraft, emptyPromise, nextId } from './draft.ts';
import { WordField } from './fields.tsx';
import { InstalmentFields } from './instalment-fields.tsx';
import { useProduct } from './product.tsx';
import type { Draft } from './product-lines.ts';
import { PromiseFields, ServiceFields } from './promise-fields.tsx';
import { TariffFields } from './tariff-fields.tsx';
import { TermsFields } from './terms-fields.tsx';
import { useCheck } from './use-check.ts';
import './products.css';

/** File a product, or the next version of one, without a line of code. */
export function ProductFormPage() {
  const say = useSay();
  const [params] = useSearchParams();
  const [asked, after] = [params.get('scheme') ?? '', params.get('after') ?? ''];
  const before = useProduct(after);
  const schemes = useQuery({
    queryKey: ['insurance', '/insurance/schemes'],
    queryFn: ({ signal }) => get<z.infer<typeof schemeList>>('/insurance/schemes', undefined, signal),
  });
  return (
    <Page
      title={say('web.product.editor')}
      note={say('web.product.editor_what')}
      actions={<Link to={paths.products()}>{say('web.product.all')}</Link>}
    >
      <Loaded query={schemes} lines={12}>
        {({ items }) => {
          const open = items.filter((s) => s.mayFile).map(({ id, name }) => ({ value: id, label: name }));
          if (open.length === 0)
            return (
              <div className="panel">
                <Empty title={say('web.product.no_scheme')} hint={say('web.product.no_scheme_hint')} />
              </div>
            );
          if (after === '')
            return <Editor schemes={open} asked={asked} begin={emptyDraft(tomorrow())} isNext={false} />;
          return (
            <Loaded query={before} lines={12}>
              {({ schemeId, body }) => (
                <Editor schemes={open} asked={schemeId} begin={{ ...body, from: tomorrow(), to: null }} isNext />
              )}
            </Loaded>
          );
        }}
      </Loaded>
    </Page>
  );
}

type Option = { value: string; label: string };
/** `schemes` are those one may file in; `asked` the one the way here named, if any. */
type EditorProps = { schemes: readonly Option[]; asked: string; begin: Draft; isNext: boolean };

function Editor({ schemes, asked, begin, isNext }: EditorProps) {
  const say = useSay();
  const act = useAct();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const only = schemes.length === 1 ? schemes[0]?.value : undefined;
  const [scheme, setScheme] = useState(schemes.find((s) => s.value === asked)?.value ?? only ?? '');
  const [draft, setDraft] = useState(begin);
  const set = (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch }));
  const check = useCheck(scheme, draft);
  const isGood = check.version !== null && check.faults.length === 0;
  const file = async () => {
    const { productId } = await post<z.infer<typeof productFiled>>(`/insurance/schemes/${scheme}/products`, draft);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    if (productId) await navigate(paths.product(productId));
  };
  return (
    <>
      <Panel title={say('web.product.part.basics')}>
        <BasicFields value={draft} set={set} isNext={isNext} scheme={scheme} schemes={schemes} setScheme={setScheme} />
      </Panel>
      <ListPanel draft={draft} set={set} />
      <Panel title={say('web.product.part.terms')}>
        <TermsFields value={draft} set={set} />
      </Panel>
      <Panel title={say('web.product.part.instalments')}>
        <InstalmentFields value={draft.instalments ?? null} onChange={(instalments) => set({ instalments })} />
      </Panel>
      <Panel title={say('web.product.part.tariff')}>
        <TariffFields value={draft.tariff} onChange={(tariff) => set({ tariff })} />
      </Panel>
      <section className="product-foot stack" aria-live="polite" aria-label={say('web.product.checks')}>
        {act.problem ? <Failing error={problemError(act.problem)} /> : null}
        <div className="row">
          <Button type="primary" disabled={!isGood} loading={act.isRunning} onClick={() => void act.run(file)}>
            {say('web.product.submit')}
          </Button>
          <span className={isGood ? undefined : 'field-fault'}>
            {scheme === ''
              ? say('web.product.choose_scheme')
              : check.isRunning
                ? say('web.product.checking')
                : isGood
                  ? say('web.product.check_good', { n: check.version })
                  : say('web.product.check_bad', { n: check.faults.length })}
          </span>
        </div>
        {check.faults.length > 0 ? (
          <ul className="faults">
            {check.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        ) : null}
      </section>
    </>
  );
}

type BasicProps = {
  value: Draft;
  set: (patch: Partial<Draft>) => void;
  isNext: boolean;
  scheme: string;
  schemes: readonly Option[];
  setScheme: (id: string) => void;
};

function BasicFields({ value, set, isNext, scheme, schemes, setScheme }: BasicProps) {
  const say = useSay();
  return (
    <div className="product-row">
      {isNext ? null : (
        <ChoiceField label={say('web.products.scheme')} options={schemes} value={scheme} onChange={setScheme} />
      )}
      <WordField leaf="name" value={value.name} onChange={(name) => set({ name })} />
      {isNext ? null : (
        <WordField
          leaf="code"
          hint={say('web.product.code_hint')}
          value={value.code}
          onChange={(code) => set({ code })}
        />
      )}
      <WordField
        leaf="filingNo"
        hint={say('web.product.no_filing_hint')}
        value={value.filingNo}
        onChange={(filingNo) => set({ filingNo })}
      />
      <WordField leaf="from" type="date" value={value.from} onChange={(from) => set({ from })} />
      <WordField
        leaf="to"
        type="date"
        hint={say('web.product.no_end_hint')}
        value={value.to ?? ''}
        onChange={(to) => set({ to: to || null })}
      />
    </div>
  );
}

/** What a product is made of, piece by piece: coverages, promises, services. */
function ListPanel({ draft, set }: { draft: Draft; set: (patch: Partial<Draft>) => void }) {
  const say = useSay();
  const { coverages, promises, service } = draft;
  const put = <T extends { id: string }>(items: T[], next: T) => items.map((one) => (one.id === next.id ? next : one));
  const without = <T extends { id: string }>(items: T[], id: string) => items.filter((one) => one.id !== id);
  return (
    <>
      <Panel title={say('web.product.part.coverages')}>
        {coverages.map((c, i) => (
          <CoverageFields
            key={c.id}
            n={i + 1}
            value={c}
            onChange={(next) => set({ coverages: put(coverages, next) })}
            onRemove={() => set({ coverages: without(coverages, c.id) })}
          />
        ))}
        <Button onClick={() => set({ coverages: [...coverages, emptyCoverage(nextId('coverage', coverages))] })}>
          {say('web.product.add_coverage')}
        </Button>
      </Panel>
      <Panel title={say('web.product.part.promises')}>
        {promises.map((p, i) => (
          <PromiseFields
            key={p.id}
            n={i + 1}
            value={p}
            onChange={(next) => set({ promises: put(promises, next) })}
            onRemove={() => set({ promises: without(promises, p.id) })}
          />
        ))}
        <Button onClick={() => set({ promises: [...promises, emptyPromise(nextId('promise', promises))] })}>
          {say('web.product.add_promise')}
        </Button>
      </Panel>
      <Panel title={say('web.product.part.service')}>
        {service.map((s, i) => (
          <ServiceFields
            key={s.id}
            n={i + 1}
            value={s}
            onChange={(next) => set({ service: put(service, next) })}
            onRemove={() => set({ service: without(service, s.id) })}
          />
        ))}
        <Button
          onClick={() => set({ service: [...service, { id: nextId('service', service), name: '', perYear: 1 }] })}
        >
          {say('web.product.add_service')}
        </Button>
      </Panel>
    </>
  );
}
