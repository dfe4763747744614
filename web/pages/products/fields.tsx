import { useState } from 'react';
import { useSay, useWord } from '../../say.ts';
import { ChoiceField, ManyField, TextField } from '../../ui/inputs.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';

/** What stands for a text that is no amount: the contract refuses it, so that it is never read as "no limit". */
const UNREADABLE = -1;

type Common = { leaf: string; hint?: string };
type AmountProps = Common & { label?: string; value: number | null; onChange: (fen: number | null) => void };

/** An amount typed as yuan, kept as fen. Empty is null: no limit. */
export function YuanField({ leaf, label, hint, value, onChange }: AmountProps) {
  const say = useSay();
  const word = useWord();
  const [text, setText] = useState(() => (value === null || value < 0 ? '' : yuan(value).replace('¥', '')));
  const fen = fenTyped(text);
  const isWrong = text.trim() !== '' && fen === null;
  return (
    <TextField
      label={label ?? word('web.product.f', leaf)}
      {...(hint ? { hint } : {})}
      value={text}
      fault={isWrong ? { field: leaf, value: text, message: say('web.product.not_money') } : undefined}
      onChange={(typed) => {
        setText(typed);
        onChange(typed.trim() === '' ? null : (fenTyped(typed) ?? UNREADABLE));
      }}
    />
  );
}

type CountProps = Common & { value: number | null; onChange: (n: number | null) => void };

/** A whole number; empty is null. */
export function CountField({ leaf, hint, value, onChange }: CountProps) {
  const word = useWord();
  return (
    <TextField
      type="number"
      label={word('web.product.f', leaf)}
      {...(hint ? { hint } : {})}
      value={value === null || Number.isNaN(value) ? '' : String(value)}
      onChange={(typed) => onChange(typed === '' ? null : Number(typed))}
    />
  );
}

const bpOf = (text: string): number | null => {
  const bp = Math.round(Number(text) * 100);
  return text.trim() !== '' && Number.isFinite(bp) && bp >= 0 && bp <= 10_000 ? bp : null;
};

/** A share typed as a percentage, kept as basis points; empty is null. */
export function PercentField({ leaf, hint, value, onChange }: CountProps) {
  const say = useSay();
  const word = useWord();
  const [text, setText] = useState(() => (value === null || value < 0 ? '' : String(value / 100)));
  const isWrong = text.trim() !== '' && bpOf(text) === null;
  return (
    <TextField
      label={word('web.product.f', leaf)}
      {...(hint ? { hint } : {})}
      value={text}
      fault={isWrong ? { field: leaf, value: text, message: say('web.product.not_percent') } : undefined}
      onChange={(typed) => {
        setText(typed);
        onChange(typed.trim() === '' ? null : (bpOf(typed) ?? UNREADABLE));
      }}
    />
  );
}

type WordProps = Common & { type?: 'text' | 'date'; value: string; onChange: (text: string) => void };

export function WordField({ leaf, ...rest }: WordProps) {
  const word = useWord();
  return <TextField label={word('web.product.f', leaf)} {...rest} />;
}

type ListProps<T extends string> = {
  leaf: string;
  prefix: string;
  of: readonly T[];
  value: T;
  onChange: (value: T) => void;
};

/** One of a closed list, in words. */
export function ListField<T extends string>({ leaf, prefix, of, value, onChange }: ListProps<T>) {
  const word = useWord();
  return (
    <ChoiceField
      label={word('web.product.f', leaf)}
      options={of.map((one) => ({ value: one, label: word(prefix, one) }))}
      value={value}
      onChange={(chosen) => {
        const found = of.find((one) => one === chosen);
        if (found !== undefined) onChange(found);
      }}
    />
  );
}

type ManyProps = {
  leaf: string;
  prefix: string;
  of: readonly string[];
  value: readonly string[];
  onChange: (v: string[]) => void;
};

/** Any number of a closed list, in words. */
export function ManyOfField({ leaf, prefix, of, value, onChange }: ManyProps) {
  const word = useWord();
  return (
    <ManyField
      label={word('web.product.f', leaf)}
      options={of.map((one) => ({ value: one, label: word(prefix, one) }))}
      value={value}
      onChange={onChange}
    />
  );
}

export function YesNoField({
  leaf,
  value,
  onChange,
}: {
  leaf: string;
  value: boolean;
  onChange: (is: boolean) => void;
}) {
  return (
    <ListField
      leaf={leaf}
      prefix="web.product"
      of={['yes', 'no'] as const}
      value={value ? 'yes' : 'no'}
      onChange={(v) => onChange(v === 'yes')}
    />
  );
}
