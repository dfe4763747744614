import Input from 'antd/es/input/index.js';
import Select from 'antd/es/select/index.js';
import type { Fault } from '../problem.ts';
import { useSay } from '../say.ts';
import { CalendarInput } from './calendar-input.tsx';
import { Field } from './field.tsx';

type Common = { label: string; hint?: string; fault?: Fault | undefined };
type TextProps = Common & {
  value: string;
  onChange: (value: string) => void;
  autoComplete?: string;
  type?: 'text' | 'date' | 'number';
};

/** One line of text, or a day. */
export const TextField = ({ value, onChange, autoComplete = 'off', type = 'text', ...field }: TextProps) => (
  <Field {...field}>
    {(wiring) =>
      type === 'date' ? (
        <CalendarInput {...wiring} kind="day" value={value} onChange={onChange} />
      ) : (
        <Input
          {...wiring}
          type={type}
          autoComplete={autoComplete}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    }
  </Field>
);

type PlainProps = Common & { value: string; onChange: (value: string) => void };

/** Several lines of text: reasons, notes, letters. */
export const LongTextField = ({ value, onChange, ...field }: PlainProps) => (
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
export const MomentField = ({ value, onChange, ...field }: PlainProps) => (
  <Field {...field}>{(wiring) => <CalendarInput {...wiring} kind="moment" value={value} onChange={onChange} />}</Field>
);

type FileProps = Common & { accept: string; file: File | null; onChange: (file: File | null) => void };

/** One file, with the browser's button in the reader's language. */
export function FileField({ accept, file, onChange, ...field }: FileProps) {
  const say = useSay();
  return (
    <Field {...field}>
      {(wiring) => (
        <span className="file-input">
          <input
            {...wiring}
            className="hidden"
            type="file"
            accept={accept}
            onChange={(event) => onChange(event.target.files?.[0] ?? null)}
          />
          <label className="file-button" htmlFor={wiring.id}>
            {say('web.act.choose_file')}
          </label>
          <span className={file ? undefined : 'muted'}>{file?.name ?? say('web.state.no_file')}</span>
        </span>
      )}
    </Field>
  );
}

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

type ManyProps = Common & {
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  onSearch?: (text: string) => void;
};

/** Any number of a list; typing finds them. With `onSearch` the list comes from elsewhere. */
export const ManyField = ({ options, value, onChange, onSearch, ...field }: ManyProps) => (
  <Field {...field}>
    {(wiring) => (
      <Select
        {...wiring}
        mode="multiple"
        showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: 'label' }}
        value={[...value]}
        options={[...options]}
        onChange={onChange}
        maxTagCount="responsive"
      />
    )}
  </Field>
);
