import Input from 'antd/es/input/index.js';
import type { Fault } from '../../problem.ts';
import { fullTime } from '../../time.ts';
import { Field } from '../../ui/field.tsx';

type Common = {
  label: string;
  hint?: string;
  fault?: Fault | undefined;
  value: string;
  onChange: (value: string) => void;
};

/** Several lines of text. */
export const LongTextField = ({ value, onChange, ...field }: Common) => (
  <Field {...field}>
    {(wiring) => (
      <Input.TextArea
        {...wiring}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

/** A date and time on the city's clock. */
export const MomentField = ({ value, onChange, ...field }: Common) => (
  <Field {...field}>
    {(wiring) => (
      <Input
        {...wiring}
        type="datetime-local"
        step={1}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

/** The city's clock as such a field takes it. */
export const cityLocal = (at: Date): string => fullTime(at).replace(' ', 'T');
/** What such a field says, as an instant. */
export const cityInstant = (local: string): string => `${local.length === 16 ? `${local}:00` : local}+08:00`;
