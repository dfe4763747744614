import Input from 'antd/es/input/index.js';
import Select from 'antd/es/select/index.js';
import type { Fault } from '../problem.ts';
import { Field } from './field.tsx';

type Common = { label: string; hint?: string; fault?: Fault | undefined };
type TextProps = Common & {
  value: string;
  onChange: (value: string) => void;
  autoComplete?: string;
  type?: 'text' | 'date' | 'number';
};

/** One line of text. */
export const TextField = ({ value, onChange, autoComplete = 'off', type = 'text', ...field }: TextProps) => (
  <Field {...field}>
    {(wiring) => (
      <Input
        {...wiring}
        type={type}
        autoComplete={autoComplete}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

export type Option = { value: string; label: string };
type ChoiceProps = Common & {
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  onSearch?: (text: string) => void;
};

/** One of a list; typing finds it. With `onSearch` the list comes from elsewhere. */
export const ChoiceField = ({ options, value, onChange, onSearch, ...field }: ChoiceProps) => (
  <Field {...field}>
    {(wiring) => (
      <Select
        {...wiring}
        allowClear
        showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: 'label' }}
        value={value || null}
        options={[...options]}
        onChange={(chosen: string | null) => onChange(chosen ?? '')}
      />
    )}
  </Field>
);

type ManyProps = Common & { options: readonly Option[]; value: readonly string[]; onChange: (value: string[]) => void };

/** Any number of a list. */
export const ManyField = ({ options, value, onChange, ...field }: ManyProps) => (
  <Field {...field}>
    {(wiring) => (
      <Select
        {...wiring}
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        value={[...value]}
        options={[...options]}
        onChange={onChange}
        maxTagCount="responsive"
      />
    )}
  </Field>
);
