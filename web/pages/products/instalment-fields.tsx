import Button from 'antd/es/button/index.js';
import { useSay } from '../../say.ts';
import { CountField, YuanField } from './fields.tsx';
import type { Draft } from './product-lines.ts';

type Instalments = NonNullable<Draft['instalments']>;
/** Two halves, the second a quarter of a year later, before anybody says otherwise. */
const FIRST: Instalments = {
  least: 0,
  parts: [
    { weight: 1, afterDays: 0 },
    { weight: 1, afterDays: 90 },
  ],
  remindDays: 15,
  graceDays: 30,
  noticeDays: 15,
};

type Props = { value: Instalments | null; onChange: (next: Instalments | null) => void };

/** Paying in parts: from which premium on, in which shares and when, and what follows when a part is not paid. */
export function InstalmentFields({ value, onChange }: Props) {
  const say = useSay();
  if (value === null)
    return (
      <div className="row">
        <span className="muted">{say('web.product.paid_at_once')}</span>
        <Button onClick={() => onChange(FIRST)}>{say('web.product.allow_instalments')}</Button>
      </div>
    );
  const set = (patch: Partial<Instalments>) => onChange({ ...value, ...patch });
  const change = (at: number, patch: Partial<Instalments['parts'][number]>) =>
    set({ parts: value.parts.map((p, i) => (i === at ? { ...p, ...patch } : p)) });
  const last = value.parts.at(-1)?.afterDays ?? 0;
  return (
    <div className="stack">
      <div className="product-row">
        <YuanField leaf="least" value={value.least} onChange={(least) => set({ least: least ?? 0 })} />
        <CountField leaf="remindDays" value={value.remindDays} onChange={(n) => set({ remindDays: n ?? 0 })} />
        <CountField leaf="graceDays" value={value.graceDays} onChange={(n) => set({ graceDays: n ?? 0 })} />
        <CountField leaf="noticeDays" value={value.noticeDays} onChange={(n) => set({ noticeDays: n ?? 0 })} />
      </div>
      {value.parts.map((part, i) => (
        // Parts have no name of their own: their place is what tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above; only the last is ever taken away
        <section key={i} className="product-card">
          <h3>{say('web.product.instalment', { n: i + 1 })}</h3>
          <div className="product-row">
            <CountField leaf="weight" value={part.weight} onChange={(n) => change(i, { weight: n ?? 0 })} />
            {i === 0 ? (
              <p className="muted">{say('web.product.first_instalment')}</p>
            ) : (
              <CountField leaf="afterDays" value={part.afterDays} onChange={(n) => change(i, { afterDays: n ?? 0 })} />
            )}
          </div>
        </section>
      ))}
      <div className="row">
        <Button onClick={() => set({ parts: [...value.parts, { weight: 1, afterDays: last + 90 }] })}>
          {say('web.product.add_instalment')}
        </Button>
        {value.parts.length > 2 ? (
          <Button onClick={() => set({ parts: value.parts.slice(0, -1) })}>{say('web.product.drop_instalment')}</Button>
        ) : null}
        <Button onClick={() => onChange(null)}>{say('web.product.no_instalments')}</Button>
      </div>
    </div>
  );
}
