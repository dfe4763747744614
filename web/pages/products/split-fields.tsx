import { useWord } from '../../say.ts';
import { TextField } from '../../ui/inputs.tsx';
import { type Split, splitOf } from './draft.ts';
import { ListField, YuanField } from './fields.tsx';

const RULES = ['SINGLE', 'PRO_RATA', 'BASE_PLUS_OWNER_DELTA', 'FIXED'] as const;
type Props = { name: string; payers: readonly string[]; value: Split; onChange: (next: Split) => void };

/** Who pays which part of the premium of one class. A payer with a zero share is none. */
export function SplitFields({ name, payers, value, onChange }: Props) {
  return (
    <section className="product-card">
      <h3>{name}</h3>
      <div className="product-row">
        <ListField
          leaf="rule"
          prefix="web.product.split"
          of={RULES}
          value={value.rule}
          onChange={(rule) => onChange(splitOf(rule))}
        />
        <Parts payers={payers} value={value} onChange={onChange} />
      </div>
    </section>
  );
}

type PartsProps = Omit<Props, 'name'>;

function Parts({ payers, value, onChange }: PartsProps) {
  switch (value.rule) {
    case 'SINGLE':
      return (
        <Payer leaf="payer" payers={payers} value={value.payer} onChange={(payer) => onChange({ ...value, payer })} />
      );
    case 'FIXED':
      return <FixedParts payers={payers} value={value} onChange={onChange} />;
    case 'PRO_RATA':
      return <Weights payers={payers} value={value.weights} onChange={(weights) => onChange({ ...value, weights })} />;
    case 'BASE_PLUS_OWNER_DELTA':
      return (
        <>
          <Weights payers={payers} value={value.weights} onChange={(weights) => onChange({ ...value, weights })} />
          <Payer leaf="owner" payers={payers} value={value.owner} onChange={(owner) => onChange({ ...value, owner })} />
        </>
      );
  }
}

type PayerProps = { leaf: string; payers: readonly string[]; value: string; onChange: (payer: string) => void };

const Payer = ({ leaf, payers, value, onChange }: PayerProps) => (
  <ListField leaf={leaf} prefix="insurance.payer" of={payers} value={value} onChange={onChange} />
);

type Weight = { payer: string; weight: number };
type WeightsProps = { payers: readonly string[]; value: Weight[]; onChange: (weights: Weight[]) => void };

function Weights({ payers, value, onChange }: WeightsProps) {
  const word = useWord();
  const weightOf = (payer: string) => value.find((w) => w.payer === payer)?.weight ?? 0;
  const change = (payer: string, typed: string) =>
    onChange(
      payers
        .map((p) => ({ payer: p, weight: p === payer ? Number(typed) : weightOf(p) }))
        .filter((w) => w.weight !== 0 || value.some((v) => v.payer === w.payer)),
    );
  return payers.map((payer) => (
    <TextField
      key={payer}
      type="number"
      label={word('insurance.payer', payer)}
      value={String(weightOf(payer))}
      onChange={(typed) => change(payer, typed)}
    />
  ));
}

type Fixed = Extract<Split, { rule: 'FIXED' }>;
type FixedProps = { payers: readonly string[]; value: Fixed; onChange: (next: Split) => void };

function FixedParts({ payers, value, onChange }: FixedProps) {
  const word = useWord();
  const change = (payer: string, fen: number | null) => {
    const others = value.parts.filter((p) => p.payer !== payer);
    onChange({ ...value, parts: fen === null ? others : [...others, { payer, amount: fen }] });
  };
  return (
    <>
      {payers
        .filter((payer) => payer !== value.rest)
        .map((payer) => (
          <YuanField
            key={payer}
            leaf="amount"
            label={`${word('insurance.payer', payer)} ${word('web.product.f', 'amount')}`}
            value={value.parts.find((p) => p.payer === payer)?.amount ?? null}
            onChange={(fen) => change(payer, fen)}
          />
        ))}
      <Payer
        leaf="rest"
        payers={payers}
        value={value.rest}
        onChange={(rest) => onChange({ ...value, rest, parts: value.parts.filter((p) => p.payer !== rest) })}
      />
    </>
  );
}
