import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';
import { type PartDraft, PartFields } from './part-fields.tsx';
import type { PensionFile } from './pension.tsx';

type ServiceDraft = { code: string; name: string; times: string };
type Draft = {
  from: string;
  to: string;
  policyId: string;
  parts: readonly PartDraft[];
  services: readonly ServiceDraft[];
};

const typed = (fen: number) => (fen / 100).toFixed(2);
const dayAfter = (day: string, years: number, days: number): string => {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(Date.UTC(at.getUTCFullYear() + years, at.getUTCMonth(), at.getUTCDate() + days))
    .toISOString()
    .slice(0, 10);
};

/** The next year as the last one was, a year later; the first one with a liability part and its upkeep. */
function begun(pension: PensionFile, word: (key: string) => string): Draft {
  const last = pension.years.at(-1);
  const from = last ? dayAfter(last.to, 0, 1) : '';
  const own = { source: 'self', amount: '' };
  return {
    from,
    to: from ? dayAfter(from, 1, -1) : '',
    policyId: '',
    parts: last?.parts.map(({ part, name, premium, funding }, n) => ({
      n,
      part,
      name,
      premium: typed(premium),
      funding: funding.map((f) => ({ source: f.source, amount: typed(f.amount) })),
    })) ?? [
      { n: 0, part: 'liability', name: word('web.pension.part.liability'), premium: '', funding: [own] },
      { n: 1, part: 'repair', name: word('web.pension.part.repair'), premium: '', funding: [own] },
      { n: 2, part: 'service', name: word('web.pension.part.service'), premium: '', funding: [own] },
    ],
    services: last?.services.map(({ code, name, times }) => ({ code, name, times: String(times) })) ?? [
      { code: 'upkeep', name: word('web.pension.upkeep'), times: '24' },
    ],
  };
}

/** What one source pays: as typed, or the whole part while it is the only one and nothing was said. */
const fundingOf = ({ funding, premium }: PartDraft) =>
  funding.map((f) => ({
    source: f.source,
    amount: fenTyped(f.amount.trim() === '' && funding.length === 1 ? premium : f.amount) ?? 0,
  }));

/** Add the next year: its covers and service contract with their money, the services owed, the policy it stands on. */
export function YearForm({ pension, onDone }: { pension: PensionFile; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => begun(pension, say));
  const set = (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch }));
  const sums = draft.parts.map((p) => fenTyped(p.premium));
  const isWhole = sums.every((fen) => fen !== null);
  const send = async () => {
    await post(`/insurance/pensions/${pension.id}/years`, {
      from: draft.from,
      to: draft.to,
      policyId: draft.policyId || null,
      parts: draft.parts.map((p, i) => ({
        part: p.part,
        name: p.name,
        upkeep: p.part === 'service',
        premium: sums[i],
        funding: fundingOf(p),
      })),
      services: draft.services.map(({ code, name, times }) => ({ code, name, times: Number(times) })),
    });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    onDone();
  };
  return (
    <Form
      act={act}
      submit={say('web.pension.add_year')}
      onSubmit={() => void (isWhole ? act.run(send) : null)}
      onCancel={onDone}
    >
      <div className="facts">
        <TextField
          label={say('web.pension.from')}
          type="date"
          value={draft.from}
          onChange={(from) => set({ from, to: from ? dayAfter(from, 1, -1) : '' })}
        />
        <TextField label={say('web.pension.to')} type="date" value={draft.to} onChange={(to) => set({ to })} />
        <ChoiceField
          label={say('web.pension.policy')}
          hint={say(pension.policies.length === 0 ? 'web.pension.policy_none' : 'web.pension.policy_hint')}
          options={pension.policies.map((p) => ({ value: p.id, label: `${p.number ?? p.id} · ${p.from} – ${p.to}` }))}
          value={draft.policyId}
          onChange={(policyId) => set({ policyId })}
        />
      </div>
      {draft.parts.map((part) => (
        <PartFields
          key={part.n}
          value={part}
          onChange={(next) => set({ parts: draft.parts.map((p) => (p.n === part.n ? next : p)) })}
          {...(draft.parts.length > 1
            ? { onRemove: () => set({ parts: draft.parts.filter((p) => p.n !== part.n) }) }
            : {})}
        />
      ))}
      <div className="row">
        <Button onClick={() => set({ parts: [...draft.parts, nextPart(draft.parts, say)] })}>
          {say('web.pension.add_part')}
        </Button>
        <strong>
          {say('web.pension.total')} {isWhole ? yuan(sums.reduce<number>((all, fen) => all + (fen ?? 0), 0)) : '—'}
        </strong>
        {isWhole ? null : <span className="muted">{say('web.pension.amounts_missing')}</span>}
      </div>
      <ServiceFields services={draft.services} set={(services) => set({ services })} />
    </Form>
  );
}

const nextPart = (parts: readonly PartDraft[], say: ReturnType<typeof useSay>): PartDraft => ({
  n: Math.max(...parts.map((p) => p.n)) + 1,
  part: 'property',
  name: say('web.pension.part.property'),
  premium: '',
  funding: [{ source: 'self', amount: '' }],
});

type ServiceProps = { services: readonly ServiceDraft[]; set: (services: readonly ServiceDraft[]) => void };

/** Services the insurer owes in the year, and how often. */
function ServiceFields({ services, set }: ServiceProps) {
  const say = useSay();
  const change = (code: string, patch: Partial<ServiceDraft>) =>
    set(services.map((s) => (s.code === code ? { ...s, ...patch } : s)));
  const next = () => {
    const taken = new Set(services.map((s) => s.code));
    let n = services.length + 1;
    while (taken.has(`s${n}`)) n += 1;
    return `s${n}`;
  };
  return (
    <fieldset className="stack pension-card">
      <legend>{say('web.pension.services_owed')}</legend>
      {services.map((service) => (
        <div key={service.code} className="facts">
          <TextField
            label={say('web.pension.service')}
            value={service.name}
            onChange={(name) => change(service.code, { name })}
          />
          <TextField
            label={say('web.pension.times')}
            type="number"
            value={service.times}
            onChange={(times) => change(service.code, { times })}
          />
          <div className="pension-remove">
            <Button onClick={() => set(services.filter((s) => s.code !== service.code))}>
              {say('web.pension.remove')}
            </Button>
          </div>
        </div>
      ))}
      <div className="row">
        <Button onClick={() => set([...services, { code: next(), name: '', times: '' }])}>
          {say('web.pension.add_service')}
        </Button>
      </div>
    </fieldset>
  );
}
