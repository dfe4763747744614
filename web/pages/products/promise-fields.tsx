import Button from 'antd/es/button/index.js';
import { useSay, useWord } from '../../say.ts';
import type { Promised } from './draft.ts';
import { CountField, ListField, WordField, YuanField } from './fields.tsx';
import type { Draft } from './product-lines.ts';

const STARTS = ['reported', 'papers_complete', 'accepted', 'decided'] as const;
const STOPS = ['advance_paid', 'paid', 'decided'] as const;
const UNITS = ['hours', 'days', 'working_days'] as const;

type Props<T> = { n: number; value: T; onChange: (next: T) => void; onRemove: () => void };

/** A promise with its clock: counted from one act to another. */
export function PromiseFields({ n, value, onChange, onRemove }: Props<Promised>) {
  const set = (patch: Partial<Promised>) => onChange({ ...value, ...patch });
  const { length } = value;
  return (
    <Card part="promises" n={n} onRemove={onRemove}>
      <WordField leaf="name" value={value.name} onChange={(name) => set({ name })} />
      <ListField
        leaf="starts"
        prefix="web.product.starts"
        of={STARTS}
        value={value.starts}
        onChange={(starts) => set({ starts })}
      />
      <ListField
        leaf="stops"
        prefix="web.product.stops"
        of={STOPS}
        value={value.stops}
        onChange={(stops) => set({ stops })}
      />
      <CountField
        leaf="length"
        value={length.count}
        onChange={(count) => set({ length: { ...length, count: count ?? 0 } })}
      />
      <ListField
        leaf="unit"
        prefix="web.product.unit"
        of={UNITS}
        value={length.unit}
        onChange={(unit) => set({ length: { ...length, unit } })}
      />
      <YuanField leaf="upTo" value={value.upTo} onChange={(upTo) => set({ upTo })} />
    </Card>
  );
}

type Service = Draft['service'][number];

/** A service owed beside the cover. */
export function ServiceFields({ n, value, onChange, onRemove }: Props<Service>) {
  return (
    <Card part="service" n={n} onRemove={onRemove}>
      <WordField leaf="name" value={value.name} onChange={(name) => onChange({ ...value, name })} />
      <CountField
        leaf="perYear"
        value={value.perYear}
        onChange={(perYear) => onChange({ ...value, perYear: perYear ?? 0 })}
      />
    </Card>
  );
}

type CardProps = { part: string; n: number; onRemove: () => void; children: React.ReactNode };

function Card({ part, n, onRemove, children }: CardProps) {
  const say = useSay();
  const word = useWord();
  return (
    <section className="product-card">
      <header>
        <h3>{say('web.product.nth', { part: word('web.product.part', part), n })}</h3>
        <Button onClick={onRemove}>{say('web.product.remove')}</Button>
      </header>
      <div className="product-row">{children}</div>
    </section>
  );
}
