import { useState } from 'react';
import { useSay } from '../../say.ts';
import { CountField, WordField, YuanField } from './fields.tsx';
import type { Draft } from './product-lines.ts';

type Referral = NonNullable<Draft['referral']>;
const NO_REFERRAL: Referral = { elevatorsOver: null, totalOver: null, refusedPercentOver: null };

/** How long a quote stands, when two underwriters decide, what leaving costs. */
export function TermsFields({ value, set }: { value: Draft; set: (patch: Partial<Draft>) => void }) {
  const say = useSay();
  const [short, setShort] = useState(() => value.shortRate?.join(', ') ?? '');
  const referral = value.referral ?? NO_REFERRAL;
  const refer = (patch: Partial<Referral>) => {
    const next = { ...referral, ...patch };
    set({ referral: Object.values(next).every((limit) => limit === null) ? null : next });
  };
  return (
    <div className="product-row">
      <CountField leaf="quoteDays" value={value.quoteDays} onChange={(n) => set({ quoteDays: n ?? 0 })} />
      <CountField leaf="renewalDays" value={value.renewalDays} onChange={(n) => set({ renewalDays: n ?? 0 })} />
      <CountField
        leaf="elevatorsOver"
        hint={say('web.product.no_limit')}
        value={referral.elevatorsOver}
        onChange={(elevatorsOver) => refer({ elevatorsOver })}
      />
      <YuanField
        leaf="totalOver"
        hint={say('web.product.no_limit')}
        value={referral.totalOver}
        onChange={(totalOver) => refer({ totalOver })}
      />
      <CountField
        leaf="refusedPercentOver"
        hint={say('web.product.no_limit')}
        value={referral.refusedPercentOver}
        onChange={(refusedPercentOver) => refer({ refusedPercentOver })}
      />
      <CountField
        leaf="cancelFeePercent"
        value={value.cancelFeePercent}
        onChange={(n) => set({ cancelFeePercent: n ?? 0 })}
      />
      <WordField
        leaf="shortRate"
        hint={say('web.product.short_hint')}
        value={short}
        onChange={(typed) => {
          setShort(typed);
          const parts = typed.split(/[\s,，、]+/).filter(Boolean);
          set({ shortRate: parts.length === 0 ? null : parts.map(Number) });
        }}
      />
    </div>
  );
}
