import Input from 'antd/es/input/index.js';
import { useRef, useState } from 'react';
import { useSay } from '../say.ts';
import { dayTyped, momentTyped } from '../time.ts';
import './calendar-input.css';

type Props = {
  kind: 'day' | 'moment';
  value: string; // `2026-11-20`, of a moment `2026-11-20T21:35:08`; '' is none
  onChange: (value: string) => void;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

const KINDS = {
  day: { typed: dayTyped, native: 'date', shape: 'web.act.day_shape', length: 11 },
  moment: { typed: momentTyped, native: 'datetime-local', shape: 'web.act.moment_shape', length: 20 },
} as const;

/**
 * A day or a moment, written the same in every browser's language: typed, or picked from the browser's own calendar. What
 * is half typed is kept here; whoever asks sees whole days only.
 */
export function CalendarInput({ kind, value, onChange, ...wiring }: Props) {
  const say = useSay();
  const { typed, native, shape, length } = KINDS[kind];
  const calendar = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const type = (text: string) => {
    setDraft(text);
    const read = text.trim() === '' ? '' : typed(text, true);
    if (read !== null) onChange(read);
  };
  const settle = () => {
    const read = draft === null ? null : typed(draft);
    if (read !== null && read !== value) onChange(read);
    setDraft(null);
  };
  return (
    <span className="calendar-input">
      <Input
        {...wiring}
        autoComplete="off"
        inputMode={kind === 'day' ? 'numeric' : 'text'}
        placeholder={say(shape)}
        maxLength={length}
        value={draft ?? value.replace('T', ' ')}
        onChange={(event) => type(event.target.value)}
        onBlur={settle}
        onPressEnter={settle}
        suffix={
          <button
            type="button"
            className="plain muted"
            tabIndex={-1}
            aria-label={say('web.act.pick_day')}
            title={say('web.act.pick_day')}
            onClick={() => calendar.current?.showPicker()}
          >
            <CalendarSign />
          </button>
        }
      />
      <input
        ref={calendar}
        className="calendar-native"
        type={native}
        tabIndex={-1}
        aria-hidden="true"
        {...(kind === 'moment' ? { step: 1 } : {})}
        value={value}
        onChange={(event) => {
          setDraft(null);
          onChange(typed(event.target.value) ?? '');
        }}
      />
    </span>
  );
}

const CalendarSign = () => (
  <svg aria-hidden="true" viewBox="0 0 16 16" width="14" height="14">
    <path d="M2 3.5h12v10.500H2zM2 6.500h12M5 1.500v3M11 1.500v3" fill="none" stroke="currentColor" strokeWidth="1.2" />
  </svg>
);
