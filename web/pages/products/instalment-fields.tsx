import Button from 'antd/es/button/index.js';
import { useSay } from '../../say.ts';
import { RowList } from '../../ui/row-list.tsx';
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
  const last = value.parts.at(-1)?.afterDays ?? 0;
  return (
    <div className="stack">
      <div className="product-row">
        <YuanField leaf="least" value={value.least} onChange={(least) => set({ least: least ?? 0 })} />
        <CountField leaf="remindDays" value={value.remindDays} onChange={(n) => set({ remindDays: n ?? 0 })} />
        <CountField leaf="graceDays" value={value.graceDays} onChange={(n) => set({ graceDays: n ?? 0 })} />
        <CountField leaf="noticeDays" value={value.noticeDays} onChange={(n) => set({ noticeDays: n ?? 0 })} />
      </div>
      <RowList
        rows={value.parts}
        onChange={(parts) => set({ parts })}
        least={2}
        fresh={{ weight: 1, afterDays: last + 90 }}
        words={{ add: say('web.product.add_instalment'), drop: say('web.product.drop_instalment') }}
        row={(part, i, change) => (
          <section className="product-card">
            <h3>{say('web.product.instalment', { n: i + 1 })}</h3>
            <div className="product-row">
              <CountField leaf="weight" value={part.weight} onChange={(n) => change({ weight: n ?? 0 })} />
              {i === 0 ? (
                <p className="muted">{say('web.product.first_instalment')}</p>
              ) : (
                <CountField leaf="afterDays" value={part.afterDays} onChange={(n) => change({ afterDays: n ?? 0 })} />
              )}
            </div>
          </section>
        )}
      >
        <Button onClick={() => onChange(null)}>{say('web.product.no_instalments')}</Button>
      </RowList>
    </div>
  );
}
