import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { insurerList } from '../../../contract/insurance-intake.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ChoiceField, type Option } from '../../ui/inputs.tsx';

const LEAST_LETTERS = 2;

/** One organisation, found by a part of its name, also where one's own list of organisations does not hold it. */
export function UnitField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const say = useSay();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Option | null>(null);
  const { data } = useQuery({
    queryKey: ['insurance', '/insurance/units', text],
    queryFn: ({ signal }) => get<z.infer<typeof insurerList>>('/insurance/units', { q: text }, signal),
    enabled: text.length >= LEAST_LETTERS,
    placeholderData: keepPreviousData,
  });
  const found = (data?.items ?? []).map(({ orgId, name }) => ({ value: orgId, label: name }));
  const isKept = chosen?.value === props.value && !found.some(({ value }) => value === props.value);
  const options = isKept ? [chosen, ...found] : found;
  return (
    <ChoiceField
      label={props.label}
      hint={say('web.unit.by_name')}
      options={options}
      value={props.value}
      onSearch={(typed) => setText(typed.trim())}
      onChange={(value) => {
        setChosen(options.find((option) => option.value === value) ?? null);
        props.onChange(value);
      }}
    />
  );
}
