import Button from 'antd/es/button/index.js';
import { EVIDENCE_KINDS, PAYERS, RATING_CLASSES, SPLIT_CLASSES } from '../../../contract/insurance-vocabulary.ts';
import { wordCodes } from '../../../words/index.ts';
import { useSay, useWord } from '../../say.ts';
import { TextField } from '../../ui/inputs.tsx';
import { type FactorTable, factorOf, splitOf } from './draft.ts';
import { ListField, WordField, YuanField } from './fields.tsx';
import type { Draft } from './product-lines.ts';
import { SplitFields } from './split-fields.tsx';

type Tariff = Draft['tariff'];
const DISCOUNTS = ['OWNER_DELTA', 'PRO_RATA'] as const;

const PLACE = 'registry.place_class.';
/** Place classes that have a name. */
const places = () =>
  wordCodes()
    .filter((code) => code.startsWith(PLACE))
    .map((code) => code.slice(PLACE.length));

/** The price list: a base by class, a factor for each thing on record, who pays which part. */
export function TariffFields({ value, onChange }: { value: Tariff; onChange: (next: Tariff) => void }) {
  const say = useSay();
  const word = useWord();
  const set = (patch: Partial<Tariff>) => onChange({ ...value, ...patch });
  const setBase = (name: string, fen: number | null) => {
    const { [name]: _, ...others } = value.bases;
    set({ bases: fen === null ? others : { ...others, [name]: fen } });
  };
  const free = EVIDENCE_KINDS.filter((kind) => !value.factors.some((f) => f.evidence === kind));
  const next = free[0];
  return (
    <>
      <div className="product-row">
        <WordField
          leaf="tariffNo"
          hint={say('web.product.no_filing_hint')}
          value={value.filingNo}
          onChange={(filingNo) => set({ filingNo })}
        />
        <ListField
          leaf="discountSplit"
          prefix="web.product.discount"
          of={DISCOUNTS}
          value={value.discountSplit}
          onChange={(discountSplit) => set({ discountSplit })}
        />
      </div>
      <h3>{say('web.product.part.bases')}</h3>
      <div className="product-row">
        {RATING_CLASSES.map((name) => (
          <BaseField key={name} name={name} value={value.bases[name] ?? null} onChange={(fen) => setBase(name, fen)} />
        ))}
      </div>
      <CeilingFields value={value.ceilings} onChange={(ceilings) => set({ ceilings })} />
      {value.factors.map((factor) => (
        <FactorFields
          key={factor.id}
          value={factor}
          onChange={(changed) => set({ factors: value.factors.map((f) => (f.id === factor.id ? changed : f)) })}
          onRemove={() => set({ factors: value.factors.filter((f) => f.id !== factor.id) })}
        />
      ))}
      {next ? (
        <div className="row wrap">
          {free.map((kind) => (
            <Button
              key={kind}
              onClick={() => set({ factors: [...value.factors, factorOf(kind, word('insurance.evidence', kind))] })}
            >
              {say('web.product.add_factor')} · {word('insurance.evidence', kind)}
            </Button>
          ))}
        </div>
      ) : null}
      <h3>{say('web.product.part.splits')}</h3>
      {SPLIT_CLASSES.filter((name) => name !== 'new' || value.bases['new'] !== undefined).map((name) => (
        <SplitFields
          key={name}
          name={word('insurance.split_class', name)}
          payers={PAYERS}
          value={value.splits[name] ?? splitOf('SINGLE')}
          onChange={(split) => set({ splits: { ...value.splits, [name]: split } })}
        />
      ))}
    </>
  );
}

type CeilingProps = { value: Tariff['ceilings']; onChange: (next: Tariff['ceilings']) => void };

/** The highest premium by place class, where one is filed. */
function CeilingFields({ value, onChange }: CeilingProps) {
  const say = useSay();
  const word = useWord();
  const setCeiling = (name: string, fen: number | null) => {
    const { [name]: _, ...others } = value;
    onChange(fen === null ? others : { ...others, [name]: fen });
  };
  return (
    <>
      <h3>{say('web.product.part.ceilings')}</h3>
      <div className="product-row">
        {places().map((name) => (
          <YuanField
            key={name}
            leaf="ceiling"
            label={word('registry.place_class', name)}
            hint={say('web.product.no_limit')}
            value={value[name] ?? null}
            onChange={(fen) => setCeiling(name, fen)}
          />
        ))}
      </div>
    </>
  );
}

type BaseProps = { name: string; value: number | null; onChange: (fen: number | null) => void };

function BaseField({ name, value, onChange }: BaseProps) {
  const word = useWord();
  const say = useSay();
  return (
    <YuanField
      leaf="amount"
      label={word('insurance.rating_class', name)}
      {...(name === 'new' ? { hint: say('web.product.no_limit') } : {})}
      value={value}
      onChange={onChange}
    />
  );
}

type FactorProps = { value: FactorTable; onChange: (next: FactorTable) => void; onRemove: () => void };

/** One factor table: a row for every answer there is, in its filed order. */
function FactorFields({ value, onChange, onRemove }: FactorProps) {
  const say = useSay();
  const word = useWord();
  return (
    <section className="product-card">
      <header>
        <h3>{word('insurance.evidence', value.evidence)}</h3>
        <Button onClick={onRemove}>{say('web.product.remove')}</Button>
      </header>
      <div className="product-row">
        <WordField leaf="name" value={value.name} onChange={(name) => onChange({ ...value, name })} />
        {value.rows.map((row) => (
          <TextField
            key={row.key}
            label={`${word('web.answer', row.key)} ×`}
            value={row.factor}
            onChange={(factor) =>
              onChange({ ...value, rows: value.rows.map((r) => (r.key === row.key ? { ...r, factor } : r)) })
            }
          />
        ))}
      </div>
    </section>
  );
}
