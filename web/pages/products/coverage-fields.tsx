import Button from 'antd/es/button/index.js';
import { COVERAGE_KINDS, FUNDINGS } from '../../../contract/insurance-vocabulary.ts';
import { useSay, useWord } from '../../say.ts';
import { RowList } from '../../ui/row-list.tsx';
import type { Coverage } from './draft.ts';
import { CountField, ListField, ManyOfField, PercentField, WordField, YesNoField, YuanField } from './fields.tsx';

const LIMITS = ['perPerson', 'medicalPerPerson', 'propertyPerAccident', 'perAccident', 'aggregate'] as const;
const BENEFITS = ['fixed', 'limit'] as const;
/** The first pay-out of an entrapment, before anybody says otherwise: two hours. */
const FIRST_STEP = { fromSeconds: 7_200, open: false, amount: 0 };

type Props = { n: number; value: Coverage; onChange: (next: Coverage) => void; onRemove: () => void };

/** One coverage: its limits within one another, its deductible, for the trapped its benefit table. */
export function CoverageFields({ n, value, onChange, onRemove }: Props) {
  const say = useSay();
  const word = useWord();
  const { limits } = value;
  const set = (patch: Partial<Coverage>) => onChange({ ...value, ...patch });
  const setLimit = (patch: Partial<Coverage['limits']>) => set({ limits: { ...limits, ...patch } });
  const price = (bp: number | null) => {
    const { premiumBp: _, ...rest } = value;
    onChange(bp === null ? rest : { ...rest, premiumBp: bp });
  };
  const become = (kind: Coverage['kind']) => {
    const { benefit, ...rest } = value;
    onChange(
      kind === 'entrapment'
        ? { ...rest, kind, benefit: benefit ?? { kind: 'fixed', onlyWithoutInjury: true, steps: [FIRST_STEP] } }
        : { ...rest, kind },
    );
  };
  return (
    <section className="product-card">
      <header>
        <h3>{say('web.product.nth', { part: word('web.product.part', 'coverages'), n })}</h3>
        <Button onClick={onRemove}>{say('web.product.remove')}</Button>
      </header>
      <div className="product-row">
        <WordField leaf="name" value={value.name} onChange={(name) => set({ name })} />
        <ListField leaf="kind" prefix="insurance.coverage" of={COVERAGE_KINDS} value={value.kind} onChange={become} />
        <ManyOfField
          leaf="funding"
          prefix="insurance.source"
          of={FUNDINGS}
          value={value.funding}
          onChange={(funding) => set({ funding })}
        />
        <CountField leaf="waitingDays" value={value.waitingDays} onChange={(d) => set({ waitingDays: d ?? 0 })} />
        <PercentField
          leaf="premiumBp"
          hint={say('web.product.premium_bp_hint')}
          value={value.premiumBp ?? null}
          onChange={price}
        />
      </div>
      <div className="product-row">
        {LIMITS.map((leaf) => (
          <YuanField
            key={leaf}
            leaf={leaf}
            hint={say('web.product.no_limit')}
            value={limits[leaf]}
            onChange={(fen) => setLimit({ [leaf]: fen })}
          />
        ))}
        <YuanField leaf="deductible" value={limits.deductible} onChange={(fen) => setLimit({ deductible: fen ?? 0 })} />
        <YesNoField
          leaf="deductibleBeforeLimit"
          value={limits.deductibleBeforeLimit}
          onChange={(deductibleBeforeLimit) => setLimit({ deductibleBeforeLimit })}
        />
      </div>
      {value.benefit ? <BenefitFields value={value.benefit} onChange={(benefit) => set({ benefit })} /> : null}
    </section>
  );
}

type Benefit = NonNullable<Coverage['benefit']>;

/** What a trapped person is due from which time on. */
function BenefitFields({ value, onChange }: { value: Benefit; onChange: (next: Benefit) => void }) {
  const say = useSay();
  const last = value.steps.at(-1) ?? FIRST_STEP;
  return (
    <>
      <div className="product-row">
        <ListField
          leaf="benefit"
          prefix="web.product.benefit"
          of={BENEFITS}
          value={value.kind}
          onChange={(kind) => onChange({ ...value, kind })}
        />
        <YesNoField
          leaf="onlyWithoutInjury"
          value={value.onlyWithoutInjury}
          onChange={(onlyWithoutInjury) => onChange({ ...value, onlyWithoutInjury })}
        />
      </div>
      <RowList
        rows={value.steps}
        onChange={(steps) => onChange({ ...value, steps })}
        least={1}
        fresh={{ ...last, fromSeconds: last.fromSeconds + 1_800 }}
        words={{ add: say('web.product.add_step'), drop: say('web.product.remove') }}
        row={(step, _, change) => (
          <div className="product-row">
            <CountField
              leaf="fromSeconds"
              value={step.fromSeconds / 60}
              onChange={(minutes) => change({ fromSeconds: Math.round((minutes ?? -1) * 60) })}
            />
            <YesNoField leaf="open" value={step.open} onChange={(open) => change({ open })} />
            <YuanField leaf="amount" value={step.amount} onChange={(fen) => change({ amount: fen ?? 0 })} />
          </div>
        )}
      />
    </>
  );
}
